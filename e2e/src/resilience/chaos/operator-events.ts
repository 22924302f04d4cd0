import { queryLedger } from './evidence.js';

/** What held orders back, by the cause in their history, and the event by which operators know of it. */
const UNREPORTED = `
select held.cause, held.orders, wanted.kind
  from (select cause, count(distinct order_id)::int as orders from order_events group by cause) held
  join (values ('journal-unwritable', 'send-journal.unwritable')) wanted (cause, kind) using (cause)
 where not exists (select from operator_events e where e.kind = wanted.kind)`;

/** @returns one sentence for everything that held orders back and that no operator event reports */
export async function auditEvents(databaseUrl: string): Promise<string[]> {
  const unreported = await queryLedger<{ cause: string; orders: number; kind: string }>(databaseUrl, UNREPORTED);
  return unreported.map(
    ({ cause, orders, kind }) => `stuck: ${cause} held ${orders} orders, and there is no event ${kind}`,
  );
}
