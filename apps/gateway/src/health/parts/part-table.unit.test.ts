import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { OPERATOR_EVENTS, runbookAnchorOf } from '../../operator-events/catalogue/catalogue.js';
import { meaningOf, PARTS, type PartName } from './part-table.js';

it.each([
  ['en', 'parts.md'],
  ['ru', 'parts.ru.md'],
] as const)('has the sentences that the runbook gives operators, in %s', (language, file) => {
  const page = readFileSync(new URL(`../../../../../docs/operations/${file}`, import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| `[a-z-]+`(, `silent`)? +\| \[/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const expected = Object.entries(PARTS).flatMap(([part, { kind, silent }]) =>
    (silent === undefined ? (['down'] as const) : (['down', 'silent'] as const)).map((state) => [
      state === 'down' ? `\`${part}\`` : `\`${part}\`, \`silent\``,
      `[\`${kind}\`](runbook${language === 'en' ? '' : '.ru'}.md#${runbookAnchorOf(kind)}), ${OPERATOR_EVENTS[kind].severities.join()}`,
      meaningOf(part as PartName, state)[language],
      OPERATOR_EVENTS[kind].whatToDo[language],
    ]),
  );
  expect(rows).toEqual(expected);
});
