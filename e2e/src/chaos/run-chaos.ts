import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRedis } from '../../servers/redis-server.mjs';
import { audit, type Acknowledged, type Evidence } from './audit.js';
import { countUnsettled, readExecuted, readLedger, readPlayed } from './evidence.js';
import { startKillablePostgres, type KillablePostgres } from './killable-postgres.js';
import { planKills, VICTIMS, type Kill, type Victim } from './plan.js';
import { produce } from './producers.js';
import { startSandboxProcess, type SandboxProcess } from './sandbox-process.js';
import { summarize, type Summary } from './summary.js';
import { Troupe } from './troupe.js';

export interface ChaosOptions {
  readonly orders: number;
  readonly seed: number;
  readonly queue: 'redis' | 'postgres';
  /** How long posting takes when nothing is in the way; the kills are spread over it and a little more. */
  readonly spanMs: number;
  /** How often each kind of process is killed. */
  readonly rounds: number;
  /** How long the partner may take for one call. */
  readonly timeoutMs: number;
  /** How long everything may take to come to rest once the last kill is over. */
  readonly settleLimitMs: number;
  /** An existing folder for the logs of the gateway's processes; they are not kept when it is absent. */
  readonly logFolder?: string;
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  /** What is wrong, one sentence each; empty when nothing was lost and nothing doubled. */
  readonly faults: readonly string[];
  readonly summary: Summary;
}

const PRODUCERS = 8;
const FAULT_RATE = 0.2;
const GATEWAYS = 2;
const WORKERS = 3;
const LEASE_MARGIN_MS = 6_000;
const POLL_MS = 250;
/** Kills go on for a while after the last order was posted: the queue is still full of them. */
const OVERTIME = 1.2;

/** Everything a run consists of. */
interface Stage {
  readonly sandbox: SandboxProcess;
  readonly postgres: KillablePostgres;
  readonly redis: { restart(downMs: number): Promise<void>; stop(): Promise<void>; url: string } | undefined;
  readonly gateways: Troupe;
  readonly workers: Troupe;
}

/** Posts orders while everything is being killed, waits until all is at rest, and compares what each side knows. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const stage = await setStage(options, stops);
    return await perform(stage, options);
  } finally {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  }
}

async function setStage(options: ChaosOptions, stops: (() => Promise<unknown>)[]): Promise<Stage> {
  const { seed, queue, timeoutMs, logFolder } = options;
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-chaos-'));
  await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startKillablePostgres(folder);
  stops.push(() => postgres.stop());
  const sandbox = await startSandboxProcess({ rate: FAULT_RATE, seed });
  stops.push(() => sandbox.stop());
  const redis = queue === 'redis' ? await startKillableRedis() : undefined;
  if (redis !== undefined) stops.push(() => redis.stop());
  const env = {
    DATABASE_URL: postgres.url,
    TROIKA_URL: sandbox.url,
    TROIKA_RATE_PER_SECOND: '1000',
    TROIKA_TIMEOUT_MS: String(timeoutMs),
    TROIKA_RETRY_SCHEDULE_SECS: '0.2,0.5,1,1,2,2,2,5,5,5',
    TROIKA_LEASE_MARGIN_MS: String(LEASE_MARGIN_MS),
    SWEEP_GRACE_MS: '1000',
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
  const gateways = new Troupe('orders', GATEWAYS, env, logFolder);
  const workers = new Troupe('worker', WORKERS, env, logFolder);
  for (const troupe of [gateways, workers]) {
    await troupe.start();
    stops.push(() => troupe.stop());
  }
  return { sandbox, postgres, redis, gateways, workers };
}

/** A Redis that loses everything whenever it is killed. */
async function startKillableRedis() {
  let server = await startRedis();
  const { port, url } = server;
  return {
    url,
    restart: async (downMs: number) => {
      await server.stop('SIGKILL');
      await delay(downMs);
      server = await startRedis(port);
    },
    stop: () => server.stop(),
  };
}

async function perform(stage: Stage, options: ChaosOptions): Promise<ChaosResult> {
  const { orders, seed, spanMs, rounds, queue, timeoutMs, say } = options;
  const started = Date.now();
  const acknowledged: Acknowledged[] = [];
  const workerKills: number[] = [];
  const kills: Kill[] = planKills({
    seed,
    spanMs: spanMs * OVERTIME,
    rounds,
    victims: VICTIMS.filter((victim) => victim !== 'redis' || stage.redis !== undefined),
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
        await play(kill, index, stage, workerKills);
      }),
    );
    await produce({
      orders,
      producers: PRODUCERS,
      seed,
      spanMs,
      secret: 'test-orders-key',
      urls: () => stage.gateways.urls(),
      onAcknowledged: (one) => acknowledged.push(one),
    });
    await killing;
    const atRest = await untilAtRest(stage.postgres.url, options);
    await Promise.all([stage.gateways.stop(), stage.workers.stop()]);
    const evidence: Evidence = {
      ledger: await readLedger(stage.postgres.url),
      acknowledged,
      executed: await readExecuted(stage.sandbox.url),
      played: await readPlayed(stage.sandbox.url),
      workerKills,
      attemptMs: timeoutMs + LEASE_MARGIN_MS,
    };
    const faults = [
      ...(atRest ? [] : [`not at rest ${options.settleLimitMs / 1000} s after the last kill`]),
      ...stage.gateways.collapses,
      ...stage.workers.collapses,
      ...audit(evidence),
    ];
    const seconds = (Date.now() - started) / 1000;
    return { faults, summary: summarize({ queue, seed, seconds, killed, evidence, faults: faults.length }) };
  } finally {
    clearInterval(progress);
  }
}

/** PostgreSQL can be killed again only once it is back; kills of it that fall together happen one after the other. */
let postgresIsBack: Promise<void> = Promise.resolve();
let redisIsBack: Promise<void> = Promise.resolve();

async function play({ victim, downMs }: Kill, index: number, stage: Stage, workerKills: number[]): Promise<void> {
  switch (victim) {
    case 'worker':
      workerKills.push(Date.now());
      return await stage.workers.kill(index, downMs);
    case 'orders':
      return await stage.gateways.kill(index, downMs);
    case 'postgres':
      postgresIsBack = postgresIsBack.then(async () => {
        await stage.postgres.kill();
        await delay(downMs);
        await stage.postgres.restart();
      });
      return await postgresIsBack;
    case 'redis':
      redisIsBack = redisIsBack.then(() => stage.redis?.restart(downMs));
      return await redisIsBack;
  }
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
