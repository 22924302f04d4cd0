import type { Pool, PoolClient } from 'pg';
import type { AuditAction } from '../../audit/action.js';
import type { Actor } from '../../audit/actor.js';
import { statement, type Statement } from '../../storage/statement.js';

/** Nothing is sent for these any more, so no one needs to know who they were for. */
const SETTLED = `status in ('confirmed', 'rejected', 'failed', 'cancelled')`;
const ACTION: AuditAction = 'person.erase';

/** Which settled orders lose their personal data. */
export type Anonymisable =
  /** Those whose erasure a person asked for. */
  | { readonly kind: 'on-request' }
  /** Those that have not changed for so long. */
  | { readonly kind: 'by-age'; readonly days: number };

/** @param wanted which of the settled orders, where `$2` is their age in days */
const anonymise = (kind: Anonymisable['kind'], wanted: string): Statement => statement(`anonymise-${kind}`)`
with chosen as (
  select id from orders where anonymised_at is null and ${SETTLED} and ${wanted}
   limit $1 for update skip locked
), anonymised as (
  update orders o
     set body = anonymise_order_body(o.body), metadata = null, phones = '{}', result_message = null,
         request_hash = null, anonymised_at = now()
    from chosen c where o.id = c.id
  returning o.id, o.status
), attempts as (
  update order_attempts a set result_message = null, answer = null from anonymised n where a.order_id = n.id
), tickets as (
  update order_tickets t set card_number = mask_card_number(t.card_number) from anonymised n where t.order_id = n.id
), cancellations as (
  update cancellations c set result_message = null from anonymised n where c.order_id = n.id
), events as (
  update order_events e set detail = null from anonymised n where e.order_id = n.id and e.detail is not null
), deliveries as (
  update callback_attempts a set detail = null
    from anonymised n join callback_deliveries d on d.order_id = n.id
   where a.delivery_id = d.id and a.detail is not null
), record as (
  -- Who decided what stays on record; why may be in the words of the person whose data are erased.
  update audit a set why = null, details = a.details - 'checkDetail'
    from anonymised n
   where a.order_id = n.id and $2::integer is null and (a.why is not null or a.details ? 'checkDetail')
), noted as (
  insert into order_events (order_id, status, cause) select id, status, 'anonymised' from anonymised
)
select count(*)::int as count from anonymised`;

const ANONYMISE: Readonly<Record<Anonymisable['kind'], Statement>> = {
  'on-request': anonymise('on-request', 'erase_requested and $2::integer is null'),
  'by-age': anonymise('by-age', `updated_at < now() - $2::integer * interval '1 day'`),
};

/**
 * Takes phones, names and e-mail out of a batch of settled orders, out of what the producer put beside them and out of
 * the texts of their attempts and callbacks. Ids, references, lines, amounts, codes and states stay. The request's hash
 * is deleted: with the other data, trying all phones would reveal the phone. A repeated call is still recognised by its
 * idempotency key.
 *
 * @returns how many orders were anonymised now; fewer than `limit` means that none remain
 */
export async function anonymiseOrders(pool: Pool, what: Anonymisable, limit: number): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    ...ANONYMISE[what.kind],
    values: [limit, what.kind === 'by-age' ? what.days : null],
  });
  return rows[0]?.count ?? 0;
}

const REQUEST = statement('request-erasure')`
with found as (
  -- In the order in which everybody locks several, so that no one waits in a circle.
  select id from orders where phones && $1::text[] and anonymised_at is null order by id for update
), marked as (
  update orders o set erase_requested = true from found f where o.id = f.id
  returning o.status
), audited as (
  insert into audit (who, action, why, details)
  select $2, '${ACTION}', $3, jsonb_build_object('phoneHash', $4::text, 'orders', count(*), 'programme', $5::jsonb) from marked
)
select count(*)::int as orders, (count(*) filter (where not ${SETTLED}))::int as pending from marked`;

/**
 * Marks every order that names a phone for erasure; unsettled ones follow once they are settled.
 *
 * @param phones the phone as producers may have written it
 * @param phoneHash its hash for the audit
 * @param programme what was erased beside the orders, for the audit: rows by table
 * @returns how many orders name it, and how many of these are not settled yet
 */
export async function requestErasure(
  database: Pool | PoolClient,
  {
    phones,
    phoneHash,
    programme,
  }: { phones: readonly string[]; phoneHash: string; programme: Readonly<Record<string, number>> },
  { who, why }: Actor,
): Promise<{ orders: number; pending: number }> {
  const { rows } = await database.query<{ orders: number; pending: number }>({
    ...REQUEST,
    values: [phones, who, why ?? null, phoneHash, JSON.stringify(programme)],
  });
  return rows[0] ?? { orders: 0, pending: 0 };
}
