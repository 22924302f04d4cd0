import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../set-up.mjs';
import { METRICS_IN_RUSSIAN } from './russian-metrics.mjs';
import { otherLanguage, table } from './table.mjs';

const SOURCE = join(ROOT, 'apps/gateway/src');
/** The name of a metric with what it says about itself, in the call that makes it. */
const METRIC = /['"](vestibule_[a-z_]+)['"],\s*(?:help:\s*)?(['"`])((?:\\.|(?!\2)[^])*)\2/g;

const WORDS = {
  en: {
    title: 'Metrics',
    intro:
      'What `GET /admin/metrics` has, besides those of Node itself. [Rules and dashboards](../../docker/observability/README.md) are ' +
      'built of them, and the [runbook](../operations/runbook.md) says what to do when one is odd. A counter only grows, a histogram has ' +
      'also `_bucket`, `_sum` and `_count`.',
    head: ['metric', 'kind', 'term', 'what it says'],
    kinds: { counter: 'counter', histogram: 'histogram', gauge: 'gauge' },
  },
  ru: {
    title: 'Метрики',
    intro:
      'Что отдаёт `GET /admin/metrics`, кроме метрик самого Node. Из них собраны [правила и панели](../../docker/observability/README.md) (на ' +
      'английском), а [инструкция](../operations/runbook.ru.md) говорит, что делать, если что-то не так. Счётчик только растёт, у ' +
      'гистограммы есть ещё `_bucket`, `_sum` и `_count`.',
    head: ['метрика', 'вид', 'термин', 'что показывает'],
    kinds: { counter: 'счётчик', histogram: 'гистограмма', gauge: 'значение' },
  },
};

/** Every metric of the sources, by name. @returns {{ name: string, help: string }[]} */
export function readMetrics() {
  const names = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing/'))
    .flatMap((name) => [...readFileSync(join(SOURCE, name), 'utf8').matchAll(METRIC)])
    .map(([, name, , help]) => ({ name, help }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** The page of all metrics. */
export function metricsPage(language, { metrics, termOf }) {
  const words = WORDS[language];
  const rows = metrics.map(({ name, help }) => [
    `\`${name}\``,
    words.kinds[kindOf(name)],
    termOf(name)?.[language] ?? '–',
    language === 'ru' ? (METRICS_IN_RUSSIAN[name] ?? help) : help,
  ]);
  const parts = [`# ${words.title}`, otherLanguage(language, 'metrics.md'), words.intro, table(words.head, rows)];
  return `${parts.join('\n\n')}\n`;
}

function kindOf(name) {
  if (name.endsWith('_total')) return 'counter';
  return name.endsWith('_duration_seconds') ? 'histogram' : 'gauge';
}
