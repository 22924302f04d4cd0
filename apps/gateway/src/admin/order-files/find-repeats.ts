import type pg from 'pg';
import type { NewOrder } from '../../orders/ledger/accept-orders.js';
import { statement } from '../../storage/statement.js';

/** An order that someone has placed from a file already, of the same content to the letter. */
export interface RepeatedOrder {
  readonly placedBy: string;
  readonly placedAt: Date;
}

/** Longer ago, the same order is wanted again. */
const REMEMBERED_DAYS = 31;

/** Of all people who place files, so that two colleagues do not send the same list. What came to nothing may be wanted again. */
const FIND = statement('find-repeated-orders')`
select distinct on (o.request_hash) encode(o.request_hash, 'hex') as hash, o.api_key_name as "placedBy",
       o.created_at as "placedAt"
  from orders o
 where o.api_key_name = any(array(select distinct owner from order_files))
   and o.created_at > now() - ${REMEMBERED_DAYS} * interval '1 day'
   and o.request_hash = any($1::bytea[]) and o.status not in ('rejected', 'failed', 'cancelled')
   and not (o.api_key_name = $2 and o.idempotency_key = any($3::text[]))
 order by o.request_hash, o.created_at desc`;

/**
 * Orders of the last month with the content of these, by the present hash in hexadecimal. What stands under the owner's
 * own keys of these is no repetition: it is the same line, placed by a process that could not write it down any more.
 */
export async function findRepeats(
  pool: pg.Pool,
  owner: string,
  orders: readonly Pick<NewOrder, 'idempotencyKey' | 'requestHash' | 'earlierHashes'>[],
): Promise<Map<string, RepeatedOrder>> {
  const present = new Map<string, string>();
  for (const { requestHash, earlierHashes = () => [] } of orders) {
    for (const hash of [requestHash, ...earlierHashes()])
      present.set(hash.toString('hex'), requestHash.toString('hex'));
  }
  if (present.size === 0) return new Map();
  const hashes = [...present.keys()].map((hash) => Buffer.from(hash, 'hex'));
  const values = [hashes, owner, orders.map(({ idempotencyKey }) => idempotencyKey)];
  const { rows } = await pool.query<RepeatedOrder & { hash: string }>({ ...FIND, values });
  return new Map(rows.map(({ hash, ...order }) => [present.get(hash) ?? hash, order]));
}
