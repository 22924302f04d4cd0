import { useState } from 'preact/hooks';
import { listImports, listRejections, type Import } from '../api/imports.js';
import type { Problem } from '../api/problem.js';
import { Badge } from '../parts/badge.js';
import { KoshelekPages } from '../parts/koshelek-pages.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { ProblemNote } from '../parts/problem-note.js';
import { saveCsv } from '../parts/save-file.js';
import { Table, type Column } from '../parts/table.js';
import { useEvery } from '../parts/use-every.js';
import { formatDecimal } from '../text/format.js';
import { t, tWord } from '../text/t.js';

/** While an import runs. */
const PERIOD_MS = 2_000;

const count = (title: string, of: (one: Import) => number): Column<Import> => ({
  title,
  show: (one) => formatDecimal(String(of(one))),
  isNumber: true,
});

const COLUMNS: readonly Column<Import>[] = [
  { title: t('imports.began'), show: ({ beganAt }) => <Moment at={beganAt} /> },
  { title: t('imports.kind'), show: ({ kind }) => tWord('imports.kind', kind) },
  {
    title: t('imports.who'),
    show: ({ who, beganBy }) => (
      <>
        {who} <span class="quiet">{tWord('imports.by', beganBy)}</span>
      </>
    ),
  },
  { title: t('imports.state'), show: ({ outcome }) => <Badge of="imports.outcome" word={outcome ?? 'running'} /> },
  count(t('imports.lines'), ({ lines }) => lines),
  count(t('imports.created'), ({ created }) => created),
  count(t('imports.changed'), ({ changed }) => changed),
  count(t('imports.unchanged'), ({ unchanged }) => unchanged),
  { title: t('imports.rejected'), show: (one) => <Rejected of={one} />, isNumber: true },
];

/** The imports of late: how far they are, what came of them, and the lines that were not imported. */
export function ImportsPage() {
  const loading = useLoad(listImports, []);
  const isRunning = loading.value?.imports.some(({ endedAt }) => endedAt === null) === true;
  useEvery(PERIOD_MS, loading.reload, isRunning);
  return (
    <Page title={t('imports.title')}>
      <KoshelekPages />
      <p class="quiet">{t('imports.how')}</p>
      <Loaded of={loading} isQuiet>
        {({ imports }) => (
          <Table
            caption={t('imports.caption')}
            columns={COLUMNS}
            rows={imports}
            keyOf={({ id }) => id}
            empty={t('imports.none')}
          />
        )}
      </Loaded>
    </Page>
  );
}

function Rejected({ of: { id, kind, rejected } }: { of: Import }) {
  const [problem, setProblem] = useState<Problem>();
  const save = async (): Promise<void> => {
    const result = await listRejections(id);
    setProblem(result.ok ? undefined : result.problem);
    if (!result.ok) return;
    const titles = [t('imports.line'), t('imports.field'), t('imports.reason')];
    const lines = result.value.rejections.map(({ line, field, reason }) => [String(line), field, reason]);
    saveCsv([titles, ...lines], `rejected-${kind}-${id}.csv`);
  };
  if (rejected === 0) return <>0</>;
  return (
    <>
      <button type="button" title={t('imports.save')} onClick={() => void save()}>
        {t('imports.download', { count: formatDecimal(String(rejected)) })}
      </button>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </>
  );
}
