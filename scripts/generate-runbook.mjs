// Writes the entries of docs/operations/runbook.md and runbook.ru.md from the catalogue of operator events in the built gateway.
// What stands above the marker in them is written by hand. With --check it writes nothing and fails when a file differs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OPERATOR_EVENTS } from '../apps/gateway/dist/operator-events/catalogue/catalogue.js';
import { formatted, keepGenerated } from './lib/generated-file.mjs';
import { ROOT } from './lib/set-up.mjs';

const MARKER = '<!-- Generated from here on by scripts/generate-runbook.mjs. Change the catalogue, not this page. -->';
const PAGES = [
  {
    file: 'runbook.md',
    language: 'en',
    labels: ['Symptom', 'Meaning', 'What to do'],
    state: 'it lasts, and its end is reported',
    moment: 'it is a moment',
    severities: { info: 'info', warning: 'warning', critical: 'critical' },
  },
  {
    file: 'runbook.ru.md',
    language: 'ru',
    labels: ['Симптом', 'Что это значит', 'Что делать'],
    state: 'длится, об окончании сообщается',
    moment: 'разовое',
    severities: { info: 'info (к сведению)', warning: 'warning (внимание)', critical: 'critical (срочно)' },
  },
];

for (const page of PAGES) {
  const name = `docs/operations/${page.file}`;
  const [head] = (await readFile(join(ROOT, name), 'utf8')).split(MARKER);
  const text = `${head.trimEnd()}\n\n${MARKER}\n\n${entries(page)}`;
  await keepGenerated(name, await formatted(name, text, 'markdown'), {
    source: 'the catalogue',
    script: 'generate-runbook',
  });
}

function entries({ language, labels, state, moment, severities }) {
  const [symptom, meaning, whatToDo] = labels;
  return Object.entries(OPERATOR_EVENTS)
    .map(
      ([kind, row]) => `### ${kind}

_${row.severities.map((severity) => severities[severity]).join(', ')}; ${row.lasts ? state : moment}._

- **${symptom}.** ${row.symptom[language]}
- **${meaning}.** ${row.meaning[language]}
- **${whatToDo}.** ${row.whatToDo[language]}
`,
    )
    .join('\n');
}
