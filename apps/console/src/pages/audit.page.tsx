import { useState } from 'preact/hooks';
import { listAudit, type AuditFilter, type AuditPage as Entries } from '../api/audit.js';
import { AuditTable } from '../parts/audit-table.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { More } from '../parts/more.js';
import { Page } from '../parts/page.js';

const SHOW = { everything: 'Everything', changes: 'Changes', views: 'Who looked' } as const;

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
    <Page title="Audit">
      <Form
        fields={[
          { name: 'show', label: 'Show', type: 'choice', choices: SHOW },
          { name: 'card', label: 'Card number', maxLength: 50 },
        ]}
        submit="Show"
        isRow
        onSubmit={choose}
      />
      <Loaded of={loading}>
        {(first) => (
          <>
            <AuditTable entries={[first, ...later].flatMap((page) => page.entries)} empty="Nothing on record." />
            <More
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
