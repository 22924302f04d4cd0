import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../../../testing/database.js';
import { findOrder } from '../../../ledger/find-order.js';
import { findAttempts, findEvents } from '../../../ledger/order-history.js';
import type { OrderRecord } from '../../../order.js';

/** An order as a ledger has it that was set back: in a state, with so many attempts. */
export async function insertOrder(
  { pool }: TestDatabase,
  given: { status?: string; attempts?: number; outcome?: string | null; lease?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const { status = 'accepted', attempts = 0, outcome = null, lease = null } = given;
  await pool.query(
    `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, attempts, lease_expires_at)
     values ($1::uuid, 'shop', $1::text, '\\xab', '{"orderData": []}', $2, $3, now() + $4::interval)`,
    [id, status, attempts, lease],
  );
  for (let number = 1; number <= attempts; number += 1) {
    await pool.query('insert into order_attempts (order_id, number, outcome) values ($1, $2, $3)', [
      id,
      number,
      outcome,
    ]);
  }
  return id;
}

/** What the ledger says of an order now. */
export async function look({ pool }: TestDatabase, id: string) {
  const order = (await findOrder(pool, id)) as OrderRecord;
  const attempts = (await findAttempts(pool, id)) ?? [];
  const events = (await findEvents(pool, id)) ?? [];
  return {
    status: order.status,
    attempts: order.attempts,
    troikaOrderId: order.troikaOrderId,
    totalAmount: order.totalAmount,
    outcomes: attempts.map(({ number, outcome }) => `${number} ${outcome}`),
    causes: events.map(({ status, cause }) => `${status}: ${cause}`),
  };
}

/** The operator events of a kind. */
export async function operatorEvents({ pool }: TestDatabase, kind: string) {
  const { rows } = await pool.query<{ severity: string; message: string; details: Record<string, unknown> }>(
    'select severity, message, details from operator_events where kind = $1 order by id',
    [kind],
  );
  return rows;
}
