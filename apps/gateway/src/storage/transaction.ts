import type { Pool, PoolClient } from 'pg';

/**
 * Runs work as one transaction, and gives what it gave.
 *
 * @param isKept whether a result is committed; every one unless given, otherwise the transaction is undone
 * @throws what the work threw; the transaction is undone then
 */
export async function runTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  isKept: (result: T) => boolean = () => true,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query(isKept(result) ? 'commit' : 'rollback');
    client.release();
    return result;
  } catch (error) {
    const undone = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!undone);
    throw error;
  }
}
