import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from '../harness/contestant.js';
import { CREDENTIALS } from '../harness/gateway.js';
import type { StallAnswer, StallJob } from '../load/stall-process.js';
import type { Environment, Row } from './row.js';
import { searchBeside, type Disturb, type Disturbed } from './search-beside.js';

const STRANGERS = { stalled: 5_000, pipelining: 50, guessesPerSecond: 1_000 } as const;
const MOST_MEMORY_MB = 300;
/** What strangers have left behind must not fall to the idle gateway. */
const REST_MS = 3_000;

/** Strangers do to the public listener whatever they can. */
export const searchBesideStalls: Row = searchBeside({
  name: 'search-beside-stalls',
  goal: 0.1,
  roles: 'loyalty',
  prepare,
});

function prepare({ programs }: Environment, { gateway }: Disturbed): Promise<Disturb> {
  const strangers = programs.start('strangers', 'src/load/stall-process.js');
  const credentials = `${CREDENTIALS.login}:${CREDENTIALS.password}`;
  return Promise.resolve(async () => {
    const begun = strangers.message<StallAnswer>();
    strangers.child.send({ port: gateway.port, credentials, ...STRANGERS } satisfies StallJob);
    await begun;
    return async () => {
      const ended = strangers.message<Exclude<StallAnswer, 'begun'>>();
      strangers.child.send('end');
      const { guesses, refusals, pipelines } = await ended;
      const peakMemoryMb = peakMemoryOf(gateway);
      if (peakMemoryMb > MOST_MEMORY_MB) throw new Error(`the gateway took ${peakMemoryMb} MB`);
      await delay(REST_MS);
      return { peakMemoryMb, guesses, refusals, pipelines };
    };
  });
}

/** The most memory that a program has had so far, in MB; 0 where the system does not say. */
function peakMemoryOf({ child }: Contestant): number {
  if (process.platform !== 'linux') return 0;
  const [, kib] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kib) / 1_024);
}
