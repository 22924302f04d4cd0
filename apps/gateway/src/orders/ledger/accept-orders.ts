import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { mayHaveCommitted } from '../../storage/database-trouble.js';
import type { OrderRecord } from '../order.js';
import { ORDER_COLUMNS } from './order-columns.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';

/** An order as a producer posted it, checked. */
export interface NewOrder {
  /** Chosen before it is posted to the ledger, so that a lost answer can be told with it; made here unless given. */
  readonly id?: string;
  readonly apiKeyName: string;
  readonly idempotencyKey: string;
  /** SHA-256 of what was posted: tells a repeated call from a key used twice. */
  readonly requestHash: Buffer;
  /** The same as it was made for orders of earlier versions; asked for only to compare with one of those. */
  readonly earlierHash?: () => Buffer;
  readonly reference: string | null;
  /** The body of app_create_order, as JSON. */
  readonly body: string;
  readonly callbackUrl: string | null;
  /** JSON, or null. */
  readonly metadata: string | null;
  /** Whose data this is: every phone of the order, so that one person's orders can be found and erased. */
  readonly phones: readonly string[];
  /** It came with others in one call. */
  readonly isBatch?: boolean;
}

export type Acceptance =
  /** New, and committed. */
  | { readonly kind: 'accepted'; readonly order: OrderRecord }
  /** The same call came before: this is what became of it. */
  | { readonly kind: 'replayed'; readonly order: OrderRecord }
  /** The key belongs to another order. */
  | { readonly kind: 'key-reused' };

/** Begins the name under which a send journal's finding stands: an order of this key was sent, and the ledger lost it. */
export const SENT_BEFORE = 'sent-before ';

const ORDERS = new ColumnArrays<NewOrder & { readonly id: string }>({
  id: ['uuid', (order) => order.id],
  api_key_name: ['text', (order) => order.apiKeyName],
  idempotency_key: ['text', (order) => order.idempotencyKey],
  request_hash: ['bytea', (order) => order.requestHash],
  reference: ['text', (order) => order.reference],
  body: ['text', (order) => order.body],
  callback_url: ['text', (order) => order.callbackUrl],
  metadata: ['text', (order) => order.metadata],
  phones: ['text', (order) => order.phones.join(' ')],
  is_batch: ['boolean', ({ isBatch }) => isBatch === true],
});

const KEYS = new ColumnArrays<NewOrder>({
  api_key_name: ['text', (order) => order.apiKeyName],
  idempotency_key: ['text', (order) => order.idempotencyKey],
});

/** An order that was sent already, from a ledger that went back in time, is not sent again: a person decides. */
const INSERT = statement('accept-orders')`
with given as (
  select * from ${ORDERS.rowsAs('g', 'position')}
), inserted as (
  insert into orders (id, api_key_name, idempotency_key, request_hash, reference, body, callback_url, metadata, phones,
                      is_batch, status)
  select id, api_key_name, idempotency_key, request_hash, reference, body::json, callback_url, metadata::json,
         string_to_array(phones, ' '), is_batch,
         case when exists (select from send_journal_findings f
                            where f.key = '${SENT_BEFORE}' || given.api_key_name || ' ' || given.idempotency_key)
              then 'unknown' else 'accepted' end
    from given order by api_key_name, idempotency_key, position
  on conflict on constraint orders_idempotency do nothing
  returning id, created_at, status
), noted as (
  insert into order_events (order_id, status, cause)
  select id, status, case status when 'accepted' then 'accepted' else 'ledger-restored' end from inserted
)
select id, created_at as "createdAt", status from inserted`;

const FIND_EARLIER = statement('find-earlier-orders')`
select api_key_name as "apiKeyName", idempotency_key as "idempotencyKey", request_hash as "requestHash", ${ORDER_COLUMNS}
  from orders
  join ${KEYS.rowsAs('wanted')} using (api_key_name, idempotency_key)`;

type InsertedRow = Pick<OrderRecord, 'id' | 'createdAt' | 'status'>;
/** The hash is gone with the personal data of an order. */
type EarlierRow = OrderRecord & { apiKeyName: string; idempotencyKey: string; requestHash: Buffer | null };

/** How often a batch is committed again whose answer was lost, and how soon. */
const MOST_REPEATS = 2;
const REPEAT_PAUSE_MS = 300;

/**
 * Commits a batch of orders in one transaction. The unique index over (key name, idempotency key) decides which are
 * new, also between processes; within the batch the first of a key wins. A commit whose answer was lost is made again
 * under the same ids: what it did is then found.
 *
 * @returns one acceptance per order, in the order given
 * @throws LostAnswerError when it is not known whether the orders were committed; otherwise none of them was
 */
export async function acceptOrders(pool: Pool, orders: readonly NewOrder[]): Promise<Acceptance[]> {
  const named = orders.map((order) => ({ ...order, id: order.id ?? uuidv7() }));
  let lost = false;
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await acceptNamed(pool, named);
    } catch (error) {
      lost ||= error instanceof LostAnswerError || mayHaveCommitted(error);
      if (!lost) throw error;
      if (repeats === MOST_REPEATS) throw new LostAnswerError(error);
      await delay(REPEAT_PAUSE_MS);
    }
  }
}

/** The answer to a commit was lost, or what was to be read behind it. */
export class LostAnswerError extends Error {
  constructor(override readonly cause: unknown) {
    super('it is not known whether the orders were committed', { cause });
    this.name = 'LostAnswerError';
  }
}

async function acceptNamed(pool: Pool, orders: readonly (NewOrder & { readonly id: string })[]): Promise<Acceptance[]> {
  const { rows } = await pool.query<InsertedRow>({
    ...INSERT,
    values: ORDERS.of(orders),
  });
  const inserted = new Map(rows.map((row) => [row.id, row]));
  const earlier = await findEarlier(
    pool,
    orders.filter(({ id }) => !inserted.has(id)),
  ).catch((error: unknown) => {
    // The others of the batch are committed.
    throw inserted.size > 0 ? new LostAnswerError(error) : error;
  });
  return Promise.all(
    orders.map(async (order): Promise<Acceptance> => {
      const fresh = inserted.get(order.id);
      if (fresh !== undefined) return { kind: 'accepted', order: newRecord(fresh, order) };
      const found = earlier.get(keyOf(order));
      // A purge came between the two statements and has freed the key.
      if (found === undefined) return (await acceptOrders(pool, [order]))[0] as Acceptance;
      return toldAgain(found, order);
    }),
  );
}

/** What became of earlier calls with the keys of these orders, undefined where there was none; nothing is accepted. */
export async function recallOrders(pool: Pool, orders: readonly NewOrder[]): Promise<(Acceptance | undefined)[]> {
  const earlier = await findEarlier(pool, orders);
  return orders.map((order) => {
    const found = earlier.get(keyOf(order));
    return found && toldAgain(found, order);
  });
}

function toldAgain(found: EarlierRow, { id, requestHash, earlierHash }: NewOrder): Acceptance {
  // The same call, made again because its first answer was lost.
  if (found.id === id) return { kind: 'accepted', order: found };
  // Without its hash no one can say what the earlier call was; its key says that it was made.
  const known = found.requestHash;
  const isSame = known === null || known.equals(requestHash) || earlierHash?.().equals(known) === true;
  return isSame ? { kind: 'replayed', order: found } : { kind: 'key-reused' };
}

async function findEarlier(pool: Pool, orders: readonly NewOrder[]): Promise<Map<string, EarlierRow>> {
  if (orders.length === 0) return new Map();
  const { rows } = await pool.query<EarlierRow>({
    ...FIND_EARLIER,
    values: KEYS.of(orders),
  });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf({ apiKeyName, idempotencyKey }: Pick<NewOrder, 'apiKeyName' | 'idempotencyKey'>): string {
  return `${apiKeyName}\n${idempotencyKey}`;
}

function newRecord({ id, createdAt, status }: InsertedRow, { reference, apiKeyName, body }: NewOrder): OrderRecord {
  return {
    id,
    status,
    reference,
    placedBy: apiKeyName,
    body,
    troikaOrderId: null,
    totalAmount: null,
    resultCode: null,
    resultMessage: null,
    attempts: 0,
    tickets: [],
    createdAt,
    updatedAt: createdAt,
  };
}
