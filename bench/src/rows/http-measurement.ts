import type { Contestant } from '../harness/contestant.js';
import type { PumpClient } from '../load/pump-client.js';
import type { PumpJob } from '../load/pump-process.js';
import type { PumpResult } from '../load/pump.js';
import type { Measurement } from './row.js';

const CONNECTIONS = 64;
const WARM_UP_MS = 500;
const MEASURE_MS = 2_500;

/** Loads a server with 64 keep-alive connections for a while. */
export async function load(
  pump: PumpClient,
  name: string,
  { port }: Contestant,
  workload: PumpJob['workload'],
): Promise<PumpResult> {
  return await pump.run(name, {
    workload,
    port,
    connections: CONNECTIONS,
    warmUpMs: WARM_UP_MS,
    measureMs: MEASURE_MS,
  });
}

const ALONE_WARM_UP_MS = 100;
const ALONE_MS = 500;

/** Sends one request after the other on one connection: how long a request takes when it shares nothing with others. */
export async function loadAlone(
  pump: PumpClient,
  name: string,
  { port }: Contestant,
  workload: PumpJob['workload'],
): Promise<PumpResult> {
  return await pump.run(name, { workload, port, connections: 1, warmUpMs: ALONE_WARM_UP_MS, measureMs: ALONE_MS });
}

export function toMeasurement({ answered, seconds, p50Ms, p99Ms, total }: PumpResult): Measurement {
  return { perSecond: answered / seconds, details: { p50Ms, p99Ms, total } };
}
