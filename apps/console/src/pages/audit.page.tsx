import { useState } from 'preact/hooks';
import { exportAudit, listAudit } from '../api/audit.js';
import type { Problem } from '../api/problem.js';
import { AuditTable } from '../parts/audit-table.js';
import { Form, type Field, type Values } from '../parts/form.js';
import { Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { ProblemNote } from '../parts/problem-note.js';
import { saveFile } from '../parts/save-file.js';
import { ACTION_NAMES } from '../text/audit.js';
import { dayIn } from '../text/days.js';
import { t } from '../text/t.js';
import { addressOf, filterOf, readAddress } from './audit/filter.js';

const SHOW = {
  '': t('audit.everything'),
  changes: t('audit.changes'),
  views: t('audit.views'),
} as const;

const fieldsWith = (values: Values): Field[] => {
  const valueOf = (name: string): { name: string; value: string } => ({ name, value: values[name] ?? '' });
  return [
    { ...valueOf('show'), label: t('audit.show'), type: 'choice', choices: SHOW },
    {
      ...valueOf('action'),
      label: t('audit.action'),
      type: 'choice',
      choices: { '': t('audit.action.any'), ...ACTION_NAMES },
    },
    { ...valueOf('who'), label: t('audit.who'), maxLength: 255 },
    { ...valueOf('order'), label: t('audit.order-id'), maxLength: 36 },
    { ...valueOf('card'), label: t('cards.number'), maxLength: 50 },
    { ...valueOf('from'), label: t('audit.from'), type: 'date' },
    { ...valueOf('to'), label: t('audit.to'), type: 'date' },
  ];
};

/** Who has decided, changed and seen what, and why; the newest first. The filter is in the address. */
export function AuditPage() {
  const [values] = useState(() => readAddress(location.hash));
  const [filter] = useState(() => filterOf(values));
  const [problem, setProblem] = useState<Problem>();
  const choose = async (chosen: Values): Promise<undefined> => {
    location.hash = addressOf(chosen);
    return undefined;
  };
  const save = async (): Promise<void> => {
    const result = await exportAudit(filter);
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) saveFile(result.value, `${t('audit.file')}-${dayIn(new Date())}.csv`);
  };
  return (
    <Page title={t('audit.title')}>
      <Form fields={fieldsWith(values)} submit={t('action.show')} isRow onSubmit={choose} />
      <p>
        <button type="button" onClick={() => void save()}>
          {t('audit.export')}
        </button>
      </p>
      {problem !== undefined && <ProblemNote problem={problem} />}
      <Paged filter={filter} ask={listAudit}>
        {(pages) => <AuditTable entries={pages.flatMap(({ entries }) => entries)} empty={t('audit.empty')} />}
      </Paged>
    </Page>
  );
}
