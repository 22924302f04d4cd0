import { useState } from 'preact/hooks';
import { listAudit, type AuditFilter } from '../api/audit.js';
import { AuditTable } from '../parts/audit-table.js';
import { Form, type Values } from '../parts/form.js';
import { Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { t } from '../text/t.js';

const SHOW = {
  everything: t('audit.everything'),
  changes: t('audit.changes'),
  views: t('audit.views'),
} as const;

/** Who has decided, changed and seen what, and why; the newest first. */
export function AuditPage() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const choose = async ({ show = '', card = '' }: Values): Promise<undefined> => {
    setFilter({ show, card });
    return undefined;
  };
  return (
    <Page title={t('audit.title')}>
      <Form
        fields={[
          { name: 'show', label: t('audit.show'), type: 'choice', choices: SHOW },
          { name: 'card', label: t('cards.number'), maxLength: 50 },
        ]}
        submit={t('action.show')}
        isRow
        onSubmit={choose}
      />
      <Paged filter={filter} ask={listAudit}>
        {(pages) => <AuditTable entries={pages.flatMap(({ entries }) => entries)} empty={t('audit.empty')} />}
      </Paged>
    </Page>
  );
}
