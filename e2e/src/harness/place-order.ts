import { randomUUID } from 'node:crypto';
import { SEED_ORDER } from './api.js';
import type { TestDatabase } from './database.js';

export interface PlacedOrder {
  readonly body?: object;
  readonly reference?: string;
  /** The name of the key that placed it. */
  readonly keyName?: string;
  readonly metadata?: object;
  /** How long ago it reached its state. */
  readonly ageDays?: number;
  readonly troikaOrderId?: string;
}

/** Inserts an order in a state, with one attempt. */
export async function placeOrder(
  { pool }: TestDatabase,
  status: string,
  { body = SEED_ORDER, reference, keyName = 'shop', metadata, ageDays = 0, troikaOrderId }: PlacedOrder = {},
): Promise<string> {
  const id = randomUUID();
  const { phone } = body as { phone?: string };
  await pool.query(
    `insert into orders (id, api_key_name, idempotency_key, request_hash, body, status, reference, metadata, phones,
         attempts, troika_order_id, result_message, created_at, updated_at)
     select $1::uuid, $9, $1::text, '', $2, $3, $4, $5, $6, 1, $8, 'для +71044826548', at, at
       from (select now() - $7 * interval '1 day' as at) t`,
    [
      id,
      JSON.stringify(body),
      status,
      reference ?? null,
      metadata === undefined ? null : JSON.stringify(metadata),
      phone === undefined ? [] : [phone],
      ageDays,
      troikaOrderId ?? null,
      keyName,
    ],
  );
  await pool.query(
    `insert into order_attempts (order_id, number, ended_at, outcome, reason, result_message)
     values ($1, 1, now(), 'unknown', 'timeout', 'для +71044826548')`,
    [id],
  );
  return id;
}
