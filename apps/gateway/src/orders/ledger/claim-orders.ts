import type { Pool } from 'pg';

/** What the queue carries: which order, and which of its turns. */
export interface SendJob {
  readonly orderId: string;
  readonly generation: number;
}

/** The right to send an order once, with the attempt already written down. */
export interface Claim {
  readonly orderId: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly body: string;
}

const CLAIM = `
with wanted as (
  select * from unnest($1::uuid[], $2::integer[]) as w (id, generation)
), claimed as (
  update orders o
     set status = 'sending', attempts = o.attempts + 1, updated_at = now(),
         lease_expires_at = now() + $3 * interval '1 millisecond'
    from wanted w
   where o.id = w.id and o.generation = w.generation and o.status in ('accepted', 'retrying')
  returning o.id, o.attempts, o.body
), attempt as (
  insert into order_attempts (order_id, number) select id, attempts from claimed
), noted as (
  insert into order_events (order_id, status, cause) select id, 'sending', 'claimed' from claimed
)
select id as "orderId", attempts as attempt, body::text as body from claimed`;

/**
 * Moves orders to `sending` and writes their attempts down, in one statement that is committed before anything is
 * sent. Only whoever gets a claim here may send: a job that is late, doubled or of an earlier turn gets none.
 *
 * @param leaseMs how long a claim holds; after it, the order counts as unknown
 * @returns one claim, or undefined, per job
 */
export async function claimOrders(
  pool: Pool,
  jobs: readonly SendJob[],
  leaseMs: number,
): Promise<(Claim | undefined)[]> {
  const { rows } = await pool.query<Claim>({
    name: 'claim-orders',
    text: CLAIM,
    values: [jobs.map(({ orderId }) => orderId), jobs.map(({ generation }) => generation), leaseMs],
  });
  const claims = new Map(rows.map((claim) => [claim.orderId, claim]));
  return jobs.map(({ orderId }) => {
    const claim = claims.get(orderId);
    claims.delete(orderId); // The same job twice in one batch is one claim.
    return claim;
  });
}
