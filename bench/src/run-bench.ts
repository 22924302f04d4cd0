import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { Redis } from 'ioredis';
import { Databases } from './harness/databases.js';
import { Programs } from './harness/programs.js';
import { PumpClient } from './load/pump-client.js';
import { isBusy, machineFacts } from './machine.js';
import { ROWS } from './rows/index.js';
import type { Row, RowResult, Environment } from './rows/row.js';
import { runRow } from './run-row.js';
import { compare, formatTable } from './table.js';

export interface BenchOptions {
  /** Where the benchmark's PostgreSQL and its logs live. */
  readonly folder: string;
  /** Rows to run, by name, or by the part of it before the bracket; all when empty. */
  readonly only: readonly string[];
  /** Where everything is written as JSON. */
  readonly jsonFile: string | undefined;
  /** Starts a Redis; absent where the machine has none. */
  readonly startRedis: (() => Promise<{ url: string; stop(): Promise<void> }>) | undefined;
  /** Starts a PostgreSQL of the machine's packages; absent where it has none. */
  readonly startPostgres: (() => Promise<{ url(): string; remove(): Promise<void> }>) | undefined;
  /** Gives a process a wrong clock; absent where the machine has no libfaketime. */
  readonly wrongClock: Environment['wrongClock'];
  readonly say: (line: string) => void;
}

/** The rows of a name; undefined if there are none. */
export function selectRows(only: readonly string[]): readonly Row[] | undefined {
  const matches = (row: Row, name: string): boolean => row.name === name || row.name.split(' ')[0] === name;
  if (!only.every((name) => ROWS.some((row) => matches(row, name)))) return undefined;
  return only.length === 0 ? ROWS : ROWS.filter((row) => only.some((name) => matches(row, name)));
}

/** Runs the rows, prints the table, and always stops everything it has started. */
export async function runBench(options: BenchOptions): Promise<void> {
  const stops: (() => Promise<unknown>)[] = [];
  const interruption = interrupted();
  try {
    const work = runRows(options, stops);
    // After an interrupt no one waits for the rows any more.
    work.catch(() => undefined);
    await Promise.race([work, interruption.promise]);
  } finally {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
    interruption.removeListeners();
  }
}

async function runRows(
  { folder, only, jsonFile, startRedis, startPostgres, wrongClock, say }: BenchOptions,
  stops: (() => Promise<unknown>)[],
) {
  const machine = machineFacts();
  if (isBusy(machine)) say(`The machine is busy (load ${machine.loadAverageAtStart.toFixed(1)}): take no figure home.`);
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.

  const postgres = await startEmbeddedPostgres(folder);
  stops.push(() => postgres.stop());
  const redis = await startRedis?.();
  if (redis !== undefined) stops.push(() => redis.stop());
  const databases = await Databases.open(postgres.url);
  stops.push(() => databases.close());
  const rows = selectRows(only) ?? [];
  const packaged = rows.some((row) => row.needsPackagedPostgres) ? await startPostgres?.() : undefined;
  const packagedDatabases = packaged && (await Databases.open(packaged.url()));
  if (packaged !== undefined) stops.push(() => packaged.remove());
  if (packagedDatabases !== undefined) stops.push(() => packagedDatabases.close());
  const programs = new Programs(logs);
  stops.push(() => programs.close());
  const pump = new PumpClient(programs.start('pump', 'src/load/pump-process.js'));
  const environment: Environment = { databases, packagedDatabases, programs, pump, redisUrl: redis?.url, wrongClock };

  const results: RowResult[] = [];
  for (const row of rows) {
    if (row.needsRedis && redis === undefined) {
      say(`${row.name}: left out, because there is no redis-server on this machine`);
      continue;
    }
    if (row.needsPackagedPostgres === true && packagedDatabases === undefined) {
      say(`${row.name}: left out, because there is no PostgreSQL with all its programs on this machine`);
      continue;
    }
    if (row.needsFaketime === true && wrongClock === undefined) {
      say(`${row.name}: left out, because there is no libfaketime on this machine`);
      continue;
    }
    if (redis !== undefined) await makeReady(redis.url);
    results.push(await runRow(row, environment, say));
    await programs.stopAllBut(pump.process);
    await databases.dropAll();
    await packagedDatabases?.dropAll();
  }
  const comparisons = results.flatMap(compare);
  say(`\n${formatTable(comparisons)}\n`);
  if (jsonFile !== undefined) {
    const settings = await databases.settings();
    const report = { at: new Date().toISOString(), machine, postgres: settings, comparisons, results };
    await writeFile(jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  }
  await rm(logs, { recursive: true });
}

/**
 * Empties a Redis and has it keep an append-only file, as a queue's Redis should: what is measured is what is deployed.
 */
async function makeReady(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushall();
  await redis.config('SET', 'appendonly', 'yes');
  redis.disconnect();
}

/** Fails on Ctrl-C, on a polite kill, and when the terminal goes away. */
function interrupted(): { promise: Promise<never>; removeListeners: () => void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let onSignal: () => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    onSignal = () => reject(new Error('interrupted'));
  });
  promise.catch(() => undefined);
  for (const signal of signals) process.on(signal, onSignal);
  return {
    promise,
    removeListeners: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
