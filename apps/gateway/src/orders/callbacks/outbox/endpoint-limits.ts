import type { ClientBase } from 'pg';

/** Attempts that one address has under way at once, over all processes. */
const MOST_UNDER_WAY = 8;
/** After so many failures in a row one attempt at a time tries whether the address is back. */
export const FAILING_AFTER = 3;

/** SQL: how many attempts the endpoint `e` may have under way at once. */
export const MOST_BY_HEALTH = `case when e.failures >= ${FAILING_AFTER} then 1 else ${MOST_UNDER_WAY} end`;

const LOOK_AGAIN = `
update callback_endpoints e
   set due_at = greatest(e.not_before, coalesce(case when busy.count >= ${MOST_BY_HEALTH} then busy.until else
         (select d.due_at from callback_deliveries d
           where d.endpoint_id = e.id and d.state = 'pending' and d.due_at is not null
           order by d.due_at, d.event_id limit 1) end, 'infinity'))
  from unnest($1::uuid[]) as given (id)
 cross join lateral (
       select count(*) as count, min(d.due_at) as until from callback_deliveries d
        where d.endpoint_id = given.id and d.claim_id is not null and d.due_at > now()) busy
 where e.id = given.id`;

/**
 * Sets when endpoints have to be looked at next: when their next delivery is due, or, while they have as many attempts
 * under way as they may, when the first of these must have ended. The caller holds their rows locked, and has changed
 * their deliveries in this transaction.
 */
export async function rescheduleEndpoints(client: ClientBase, ids: readonly string[]): Promise<void> {
  await client.query({ name: 'reschedule-endpoints', text: LOOK_AGAIN, values: [ids] });
}
