import type { PoolClient } from 'pg';
import { retryLocks, runTransaction, type OnWait } from '../lock-retries.js';
import type { MigrationStep } from './migration-step.js';

/** Runs a step to its end, also if an earlier process has done a part of it. */
export async function runStep(client: PoolClient, step: MigrationStep, onWait: OnWait): Promise<void> {
  if ('batch' in step) {
    for (let last: string | null = ''; last !== null;) {
      const after: string = last;
      last = await runTransaction(
        client,
        async () => (await client.query<{ last: string | null }>(step.batch, [after])).rows[0]?.last ?? null,
        onWait,
      );
    }
    return;
  }
  const { index, on } = step;
  // It waits for every transaction that began before it, and holds nothing that readers or writers want.
  await retryLocks(async () => {
    const { rows } = await client.query<{ isValid: boolean }>(
      'select indisvalid as "isValid" from pg_index where indexrelid = to_regclass($1)',
      [index],
    );
    if (rows[0]?.isValid === true) return;
    // One that was interrupted.
    if (rows.length > 0) await client.query(`drop index concurrently ${index}`);
    await client.query(`create index concurrently ${index} on ${on}`);
  }, onWait);
}
