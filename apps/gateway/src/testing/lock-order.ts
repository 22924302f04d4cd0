import type { Pool } from 'pg';
import { until } from './until.js';

/**
 * Does some work that has to lock rows in an order, while another transaction holds the row that comes first.
 *
 * @param first selects that row by `$1`; `then` selects one by `$1` that comes after it
 * @returns what the work gave
 * @throws Error when the work waits for the first row with the other one locked
 */
export async function lockingInOrder<T>(
  pool: Pool,
  first: readonly [query: string, value: string],
  then: readonly [query: string, value: string],
  work: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`${first[0]} for update`, [first[1]]);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const working = work();
    await until('the work waits for the first row', async () => {
      const waiting = await pool.query('select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [
        rows[0]?.pid,
      ]);
      return waiting.rows.length > 0 ? true : undefined;
    });
    const isFree = await client.query(`${then[0]} for update nowait`, [then[1]]).then(
      () => true,
      () => false,
    );
    await client.query('rollback');
    const result = await working;
    if (!isFree) throw new Error('The work waited for the first row with the second one locked.');
    return result;
  } finally {
    client.release();
  }
}
