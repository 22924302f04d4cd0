import type { Pool, PoolClient } from 'pg';

/** How a run of some work as one transaction ended. */
export type Run<T> =
  | { readonly kind: 'ended'; readonly result: T }
  /** `undone` false: the connection is in a state that no one knows, and must not be used again. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly undone: boolean };

/**
 * Runs work as one transaction on a connection that the caller keeps.
 *
 * @param isKept whether a result is committed; otherwise the transaction is undone
 */
export async function runOn<T>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<T>,
  isKept: (result: T) => boolean,
): Promise<Run<T>> {
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query(isKept(result) ? 'commit' : 'rollback');
    return { kind: 'ended', result };
  } catch (error) {
    const undone = await client.query('rollback').then(
      () => true,
      () => false,
    );
    return { kind: 'failed', error, undone };
  }
}

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
  // A connection that breaks between two steps makes the next one fail; without a listener it would end the process.
  const leaveToNextStep = (): void => undefined;
  client.on('error', leaveToNextStep);
  const run = await runOn(client, work, isKept);
  client.off('error', leaveToNextStep);
  client.release(run.kind === 'failed' && !run.undone);
  if (run.kind === 'ended') return run.result;
  throw run.error;
}
