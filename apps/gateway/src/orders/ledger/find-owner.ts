import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';

const FIND_OWNER = statement('find-owner')`select api_key_name as owner from orders where id = $1`;

/** @returns the name of the key that placed an order, or undefined when there is none with this id */
export async function findOwner(pool: Pool, id: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ owner: string }>({
    ...FIND_OWNER,
    values: [id],
  });
  return rows[0]?.owner;
}
