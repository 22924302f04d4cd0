import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './environment.js';
import type { Back } from './faults.js';
import { resumeSending } from './operator.js';
import type { Rewind } from './plan.js';
import { seededRandom } from './random.js';

export interface RewindPlan {
  /** When the dump is made, or the replica cut off: later commits are lost. */
  readonly keptUntilMs: number;
  readonly atMs: number;
}

/** The lag of a replica, at most. */
const MOST_LAG_MS = 3_000;

/** Deals the two moments of a run from its seed. */
export function planRewind(rewind: Rewind, { seed, spanMs }: { seed: number; spanMs: number }): RewindPlan {
  const random = seededRandom(seed + 1);
  const atMs = Math.round(spanMs * (0.5 + 0.3 * random()));
  const keptUntilMs =
    rewind === 'restore' ? Math.round(spanMs * (0.1 + 0.3 * random())) : Math.round(atMs - MOST_LAG_MS * random());
  return { keptUntilMs, atMs };
}

/**
 * Rewinds the ledger at its moment, and then acts as an operator does.
 *
 * @returns how sending resumed: one sentence
 */
export async function playRewind(
  rewind: Rewind,
  { keptUntilMs, atMs }: RewindPlan,
  given: { environment: Environment; back: Back; workerKills: number[]; settleLimitMs: number },
): Promise<string> {
  const { environment, back, workerKills, settleLimitMs } = given;
  const { rewindable, gateways, workers } = environment;
  if (rewindable === undefined) throw new Error('this run has no PostgreSQL that can go back in time');
  await delay(keptUntilMs);
  await (back.postgres = back.postgres.then(() =>
    rewind === 'restore' ? rewindable.backUp() : rewindable.cutReplicaOff(),
  ));
  await delay(atMs - keptUntilMs);
  await (back.postgres = back.postgres.then(async () => {
    if (rewind === 'failover') return await rewindable.failOver();
    workerKills.push(Date.now());
    await Promise.all([gateways.takeAway(), workers.takeAway()]);
    await rewindable.restoreBackup();
    gateways.giveBack();
    workers.giveBack();
  }));
  return await resumeSending(environment, settleLimitMs);
}
