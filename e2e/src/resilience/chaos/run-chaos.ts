import { setTimeout as delay } from 'node:timers/promises';
import { audit, type Acknowledged, type Evidence, type Outage } from './audit.js';
import { auditCallbacks, untilDelivered } from './callbacks.js';
import { auditEvents } from './operator-events.js';
import { countUnsettled, readExecuted, readLedger, readPlayed } from './evidence.js';
import { planKills, VICTIMS, type Kill, type Victim } from './plan.js';
import { play, type Back } from './faults.js';
import type { ChaosOptions } from './options.js';
import { cardNumberOfKey, produce, produceAgain } from './producers.js';
import { readReported } from './operator.js';
import { planRewind, playRewind } from './rewind.js';
import {
  LEASE_MARGIN_MS,
  MOST_ON_THE_WIRE,
  PROBE_PAUSE_MS,
  setUpEnvironment,
  type Environment,
} from './environment.js';
import { summarize, type RewindReport, type Summary } from './summary.js';

export interface ChaosResult {
  /** The faults, one sentence each; empty when nothing was lost and nothing doubled. */
  readonly faults: readonly string[];
  readonly summary: Summary;
}

const PRODUCERS = 8;
const SECRET = 'test-orders-key';
const POLL_MS = 250;
/** Kills continue for a while after the last order was posted: the queue is still full of them. */
const OVERTIME = 1.2;

/** Posts orders while everything is being killed, waits until all is at rest, and compares what each side knows. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const environment = await setUpEnvironment(options, stops);
    return await perform(environment, options);
  } finally {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  }
}

async function perform(environment: Environment, options: ChaosOptions): Promise<ChaosResult> {
  const { orders, seed, spanMs, rounds, queue, timeoutMs, settleLimitMs, rewind, say } = options;
  const started = Date.now();
  const acknowledged: Acknowledged[] = [];
  const workerKills: number[] = [];
  const outages: Outage[] = [];
  const well = Promise.resolve();
  const back: Back = { postgres: well, redis: well, partner: well, receiver: well, names: well, disk: well };
  const kills: Kill[] = planKills({
    seed,
    spanMs: spanMs * OVERTIME,
    rounds,
    victims: VICTIMS.filter((victim) => {
      if (victim === 'redis') return environment.redis !== undefined;
      return victim !== 'disk-full' || environment.disk !== undefined;
    }),
  });
  const killed = new Map<Victim, number>();
  const progress = setInterval(() => {
    const dead = [...killed].map(([victim, times]) => `${victim} ${times}`).join(', ') || 'none';
    say(
      `${((Date.now() - started) / 1000).toFixed(0)} s: ${acknowledged.length}/${orders} orders taken; killed: ${dead}`,
    );
  }, 5_000);
  try {
    const killing = Promise.all(
      kills.map(async (kill, index) => {
        await delay(kill.atMs);
        killed.set(kill.victim, (killed.get(kill.victim) ?? 0) + 1);
        await play(kill, index, { environment, back, workerKills, outages, timeoutMs });
      }),
    );
    const rewinding =
      rewind === undefined
        ? undefined
        : playRewind(rewind, planRewind(rewind, { seed, spanMs }), { environment, back, workerKills, settleLimitMs });
    const producing = {
      seed,
      secret: SECRET,
      callbackUrlFor: (index: number) => environment.callbacks.urlFor(index),
      urls: () => environment.gateways.urls(),
      onAcknowledged: (one: Acknowledged) => acknowledged.push(one),
    };
    const [resumedBy] = await Promise.all([
      rewinding,
      produce({ ...producing, orders, producers: PRODUCERS, spanMs }),
      killing,
    ]);
    const reported = rewind === undefined ? [] : await readReported(environment);
    const lost = rewind === undefined ? [] : await takeBackLost(environment, acknowledged, reported);
    await produceAgain(lost, producing);
    const atRest = await untilAtRest(environment.postgres.url, options);
    const { url } = environment.postgres;
    const waiting = { urls: producing.urls, secret: SECRET, limitMs: options.settleLimitMs };
    const left = await untilDelivered(url, waiting);
    if (left > 0) say(`${left} callbacks are still waiting`);
    await Promise.all([environment.gateways.stop(), environment.workers.stop()]);
    const evidence: Evidence = {
      ledger: await readLedger(url),
      acknowledged,
      executed: await readExecuted(environment.sandbox.url),
      injected: await readPlayed(environment.sandbox.url),
      workerKills,
      outages,
      reported: reported.map((one) => ({ ...one, cardNumber: cardNumberOfKey(one.idempotencyKey) })),
      mostOnTheWire: MOST_ON_THE_WIRE,
      probePauseMs: PROBE_PAUSE_MS,
      attemptMs: timeoutMs + LEASE_MARGIN_MS,
    };
    const callbacks = await auditCallbacks(url, environment.callbacks);
    const faults = [
      ...(atRest ? [] : [`not at rest ${options.settleLimitMs / 1000} s after the last kill`]),
      ...environment.gateways.collapses,
      ...environment.workers.collapses,
      ...audit(evidence),
      ...(rewind === undefined ? await auditEvents(url) : []),
      ...callbacks.faults,
    ];
    const seconds = (Date.now() - started) / 1000;
    const rewound: RewindReport | undefined = rewind && {
      rewind,
      resumedBy: resumedBy ?? '',
      reported: reported.length,
      postedAgain: lost.length,
    };
    return {
      faults,
      summary: summarize({ queue, seed, seconds, killed, evidence, rewound, callbacks, faults: faults.length }),
    };
  } finally {
    clearInterval(progress);
  }
}

/**
 * Acknowledged orders that the ledger has lost: those in no journal were never sent, and their producers post them
 * again.
 *
 * @returns their keys; their acknowledgements no longer count
 */
async function takeBackLost(
  { postgres }: Environment,
  acknowledged: Acknowledged[],
  reported: readonly { readonly idempotencyKey: string }[],
): Promise<string[]> {
  const known = new Set((await readLedger(postgres.url)).map(({ idempotencyKey }) => idempotencyKey));
  const reportedKeys = new Set(reported.map(({ idempotencyKey }) => idempotencyKey));
  const isLost = ({ idempotencyKey }: Acknowledged): boolean =>
    !known.has(idempotencyKey) && !reportedKeys.has(idempotencyKey);
  const lost = acknowledged.filter(isLost).map(({ idempotencyKey }) => idempotencyKey);
  const kept = acknowledged.filter((one) => !isLost(one));
  acknowledged.splice(0, acknowledged.length, ...kept);
  return lost;
}

async function untilAtRest(databaseUrl: string, { settleLimitMs, say }: ChaosOptions): Promise<boolean> {
  const deadline = Date.now() + settleLimitMs;
  let said = 0;
  while (Date.now() < deadline) {
    const unsettled = await countUnsettled(databaseUrl);
    if (unsettled === 0) return true;
    if (Date.now() - said > 5_000) {
      said = Date.now();
      say(`waiting for ${unsettled} orders to come to an end`);
    }
    await delay(POLL_MS);
  }
  return false;
}
