import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';

/** Orders that compete with others as one: of one producer, and single or from a batch. */
export interface Lane {
  /** The name of the producer's key. */
  readonly producer: string;
  readonly isBatch: boolean;
}

/** One step into the index for each lane, however many orders wait in it. */
const FIND = statement('find-due-lanes')`
with recursive lane as (
  (select is_batch, api_key_name from orders
    where status in ('accepted', 'retrying') order by is_batch, api_key_name limit 1)
  union all
  select n.is_batch, n.api_key_name from lane l cross join lateral (
    select o.is_batch, o.api_key_name from orders o
     where o.status in ('accepted', 'retrying') and (o.is_batch, o.api_key_name) > (l.is_batch, l.api_key_name)
     order by o.is_batch, o.api_key_name limit 1) n
)
select api_key_name as producer, is_batch as "isBatch" from lane l
 where exists (select from orders o where o.status in ('accepted', 'retrying')
                  and o.is_batch = l.is_batch and o.api_key_name = l.api_key_name and o.due_at <= now())`;

/** The lanes in which an order is due. */
export async function findDueLanes(pool: Pool): Promise<Lane[]> {
  const { rows } = await pool.query<Lane>({ ...FIND });
  return rows;
}

export function nameOf({ producer, isBatch }: Lane): string {
  return `${isBatch ? 'batch' : 'single'} ${producer}`;
}
