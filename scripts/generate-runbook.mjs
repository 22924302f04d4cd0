// Writes the entries of docs/operations/runbook.md and runbook.ru.md from the catalogue of operator events in the built gateway.
// What stands above the marker in them is written by hand. With --check it writes nothing and fails when a file differs.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { OPERATOR_EVENTS } from '../apps/gateway/dist/operator-events/catalogue/catalogue.js';

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
  const file = fileURLToPath(new URL(`../docs/operations/${page.file}`, import.meta.url));
  const present = await readFile(file, 'utf8');
  const [head] = present.split(MARKER);
  const text = `${head.trimEnd()}\n\n${MARKER}\n\n${entries(page)}`;
  const wanted = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
  if (!process.argv.includes('--check')) await writeFile(file, wanted);
  else if (present !== wanted) {
    console.error(`docs/operations/${page.file} differs from the catalogue. Run: node scripts/generate-runbook.mjs`);
    process.exitCode = 1;
  }
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
