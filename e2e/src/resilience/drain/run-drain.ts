import { freePort, startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRedis } from '../../../servers/redis-server.mjs';
import { countUnsettled, readExecuted, readLedger } from '../chaos/evidence.js';
import { startSandboxProcess } from '../chaos/sandbox-process.js';
import { startGateway } from '../../harness/gateway-process.js';
import { PeakMemory } from './peak-memory.js';
import { postBatches } from './post-batches.js';

export interface DrainOptions {
  readonly orders: number;
  readonly queue: 'redis' | 'postgres';
  /** The most resident memory that a process of the gateway may have had at once. */
  readonly limitBytes: number;
  /** How long the orders may take to be sent once the partner is there. */
  readonly drainLimitMs: number;
  readonly say: (line: string) => void;
}

export interface DrainResult {
  /** The faults, one sentence each; empty when every order was executed once, within the memory limit. */
  readonly faults: readonly string[];
  /** By process, in bytes. */
  readonly peaks: ReadonlyMap<string, number>;
  readonly acceptSecs: number;
  readonly drainSecs: number;
}

const PROGRESS_MS = 10_000;
const POLL_MS = 500;
const MB = 1_000_000;

/** Accepts orders while the partner is unreachable; then the partner starts. */
export async function runDrain(options: DrainOptions): Promise<DrainResult> {
  const stops: (() => unknown)[] = [];
  try {
    return await perform(options, stops);
  } finally {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  }
}

async function perform(options: DrainOptions, stops: (() => unknown)[]): Promise<DrainResult> {
  const { orders, queue, limitBytes, say } = options;
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-drain-'));
  await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres(folder);
  stops.push(() => postgres.stop());
  const redis = queue === 'redis' ? await startRedis() : undefined;
  stops.push(() => redis?.stop());
  const partnerPort = await freePort();
  const env = {
    DATABASE_URL: postgres.url,
    TROIKA_URL: `http://127.0.0.1:${partnerPort}`,
    TROIKA_RATE_PER_SECOND: '100000',
    TROIKA_CONCURRENCY: '64',
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
  const gateway = await startGateway({ ...env, ROLES: 'orders' });
  stops.push(() => gateway.stop());
  const worker = await startGateway({ ...env, ROLES: 'worker' });
  stops.push(() => worker.stop());
  const memory = new PeakMemory(
    new Map([
      ['orders', gateway.child.pid ?? 0],
      ['worker', worker.child.pid ?? 0],
    ]),
  );
  stops.push(() => memory.stop());

  const began = performance.now();
  await postBatches(gateway.internalUrl, orders);
  const acceptSecs = secondsSince(began);
  say(`${orders} orders accepted in ${acceptSecs.toFixed(0)} s while the partner was away`);

  const sandbox = await startSandboxProcess({ rate: 0, seed: 0 }, partnerPort);
  stops.push(() => sandbox.stop());
  const opened = performance.now();
  const isDrained = await untilDrained(postgres.url, options);
  const drainSecs = secondsSince(opened);
  const peaks = await memory.read();

  const ledger = await readLedger(postgres.url);
  const confirmed = ledger.filter(({ status }) => status === 'confirmed').length;
  const executed = (await readExecuted(sandbox.url)).map(({ cardNumber }) => cardNumber);
  const distinct = new Set(executed).size;
  const faults = [
    ...(isDrained ? [] : [`not drained ${options.drainLimitMs / 1000} s after the partner came`]),
    ...(confirmed === orders ? [] : [`${confirmed} of ${orders} orders are confirmed`]),
    ...(executed.length === orders && distinct === orders
      ? []
      : [`${executed.length} executions of ${distinct} different orders instead of ${orders}`]),
    ...[...peaks]
      .filter(([, bytes]) => !(bytes < limitBytes))
      .map(([name, bytes]) => `the process ${name} had ${inMb(bytes)}, more than ${inMb(limitBytes)}`),
  ];
  return { faults, peaks, acceptSecs, drainSecs };
}

async function untilDrained(databaseUrl: string, { drainLimitMs, say }: DrainOptions): Promise<boolean> {
  const deadline = performance.now() + drainLimitMs;
  let said = performance.now();
  while (performance.now() < deadline) {
    const unsettled = await countUnsettled(databaseUrl);
    if (unsettled === 0) return true;
    if (performance.now() - said > PROGRESS_MS) {
      said = performance.now();
      say(`${unsettled} orders to go`);
    }
    await delay(POLL_MS);
  }
  return false;
}

/** The table a person reads at the end. */
export function formatDrain(
  { peaks, acceptSecs, drainSecs }: DrainResult,
  { orders, limitBytes }: DrainOptions,
): string {
  const rows: [string, string][] = [
    ['accepted', `${orders} in ${acceptSecs.toFixed(0)} s`],
    ['drained', `in ${drainSecs.toFixed(0)} s, ${Math.round(orders / drainSecs)}/s`],
    ...[...peaks].map(([name, bytes]): [string, string] => [
      `peak memory: ${name}`,
      `${inMb(bytes)} of ${inMb(limitBytes)}${bytes < limitBytes ? '' : '  ✗'}`,
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function inMb(bytes: number): string {
  return `${(bytes / MB).toFixed(0)} MB`;
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
