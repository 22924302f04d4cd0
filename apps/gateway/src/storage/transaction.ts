import type { Pool, PoolClient } from 'pg';

/** Runs steps as one transaction; when one of them throws, none has happened. */
export async function inTransaction<T>(pool: Pool, steps: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two steps makes the next one fail; without a listener it would end the process.
  const leaveToNextStep = (): void => undefined;
  client.on('error', leaveToNextStep);
  try {
    await client.query('begin');
    const result = await steps(client);
    await client.query('commit');
    client.off('error', leaveToNextStep);
    client.release();
    return result;
  } catch (error) {
    // Closing the connection undoes everything, whatever state it is in.
    client.release(true);
    throw error;
  }
}
