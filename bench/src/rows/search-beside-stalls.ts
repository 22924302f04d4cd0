import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from '../harness/contestant.js';
import { CREDENTIALS, GATEWAY, gatewayEnv } from '../harness/gateway.js';
import type { StallAnswer, StallJob } from '../load/stall-process.js';
import { seedMembers } from '../seed-members.js';
import { measureSearchLatency } from './search-latency.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const STRANGERS = { stalled: 5_000, pipelining: 50, guessesPerSecond: 1_000 } as const;
const MOST_MEMORY_MB = 300;
/** What strangers have left behind must not fall to the idle gateway. */
const REST_MS = 3_000;

/**
 * How long a search waits while strangers do to the public listener whatever they can, against the same search with nothing
 * else to do.
 */
export const searchBesideStalls: Row = {
  name: 'search-beside-stalls',
  needsRedis: false,
  rivals: [{ name: 'idle', goal: 0.1 }],
  rounds: 5,
  prepare,
};

async function prepare({
  databases,
  programs,
  pump,
}: Environment): Promise<Record<string, () => Promise<Measurement>>> {
  const url = await databases.create('search-beside-stalls');
  const gateway = await programs.serve('vestibule', GATEWAY, gatewayEnv('loyalty', url), 'PUBLIC_PORT');
  await seedMembers(url);
  const strangers = programs.start('strangers', 'src/load/stall-process.js');
  const search = (): Promise<Measurement> => measureSearchLatency(pump, gateway.port);
  const searchBesideStalls = async (): Promise<Measurement> => {
    const credentials = `${CREDENTIALS.login}:${CREDENTIALS.password}`;
    const begun = strangers.message<StallAnswer>();
    strangers.child.send({ port: gateway.port, credentials, ...STRANGERS } satisfies StallJob);
    await begun;
    const { perSecond, details } = await search();
    const ended = strangers.message<Exclude<StallAnswer, 'begun'>>();
    strangers.child.send('end');
    const { guesses, refusals, pipelines } = await ended;
    const peakMemoryMb = peakMemoryOf(gateway);
    if (peakMemoryMb > MOST_MEMORY_MB) throw new Error(`the gateway took ${peakMemoryMb} MB`);
    await delay(REST_MS);
    return { perSecond, details: { ...details, peakMemoryMb, guesses, refusals, pipelines } };
  };
  return { [VESTIBULE]: searchBesideStalls, idle: search };
}

/** The most memory that a program has had so far, in MB; 0 where the system does not say. */
function peakMemoryOf({ child }: Contestant): number {
  if (process.platform !== 'linux') return 0;
  const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1_024);
}
