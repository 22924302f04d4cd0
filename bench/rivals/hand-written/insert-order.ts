import type pg from 'pg';

export interface NewOrder {
  readonly id: string;
  readonly apiKeyName: string;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
  readonly reference: string | null;
  readonly body: string;
  readonly callbackUrl: string | null;
  readonly metadata: string | null;
}

export interface StoredOrder {
  readonly id: string;
  readonly status: string;
  readonly reference: string | null;
  readonly body: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly request_hash: Buffer;
}

const COLUMNS = 'id, status, reference, body::text as body, created_at, updated_at, request_hash';

/**
 * Puts an order in, in a transaction of its own.
 *
 * @returns undefined when the idempotency key has been used
 */
export async function insertOrder(pool: pg.Pool, order: NewOrder): Promise<StoredOrder | undefined> {
  const { rows } = await pool.query<StoredOrder>({
    name: 'insert-order',
    text: `insert into orders
        (id, api_key_name, idempotency_key, request_hash, reference, body, callback_url, metadata)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict on constraint orders_idempotency do nothing
      returning ${COLUMNS}`,
    values: [
      order.id,
      order.apiKeyName,
      order.idempotencyKey,
      order.requestHash,
      order.reference,
      order.body,
      order.callbackUrl,
      order.metadata,
    ],
  });
  return rows[0];
}

/** The order an idempotency key belongs to. */
export async function findByKey(pool: pg.Pool, apiKeyName: string, key: string): Promise<StoredOrder | undefined> {
  const { rows } = await pool.query<StoredOrder>({
    name: 'find-by-key',
    text: `select ${COLUMNS} from orders where api_key_name = $1 and idempotency_key = $2`,
    values: [apiKeyName, key],
  });
  return rows[0];
}
