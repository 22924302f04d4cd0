import { useState } from 'preact/hooks';
import { listAudit, type AuditFilter, type AuditPage as Entries } from '../api/audit.js';
import { AuditTable } from '../parts/audit-table.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { More } from '../parts/more.js';
import { Page } from '../parts/page.js';
import { t } from '../text/t.js';

const SHOW = {
  everything: t('audit.everything'),
  changes: t('audit.changes'),
  views: t('audit.views'),
} as const;

/** Who has decided, changed and seen what, and why; the newest first. */
export function AuditPage() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const [later, setLater] = useState<readonly Entries[]>([]);
  const loading = useLoad(() => listAudit(filter), [filter]);
  const choose = async ({ show = '', card = '' }: Values): Promise<undefined> => {
    setLater([]);
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
      <Loaded of={loading}>
        {(first) => (
          <>
            <AuditTable entries={[first, ...later].flatMap((page) => page.entries)} empty={t('audit.empty')} />
            <More
              key={JSON.stringify(filter)}
              cursor={(later.at(-1) ?? first).nextCursor}
              ask={(cursor) => listAudit(filter, cursor)}
              onPage={(page) => setLater([...later, page])}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
