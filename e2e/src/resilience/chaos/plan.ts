import { seededRandom } from './random.js';

/** What a run may kill. */
export const VICTIMS = [
  'worker',
  'worker-paused',
  'orders',
  'postgres',
  'redis',
  'partner-away',
  'partner-silent',
  'partner-failing',
  'receiver-hanging',
  'names-silent',
  'disk-full',
] as const;
/**
 * Processes of ours, which get a SIGKILL; a worker that stands still for longer than its leases; and the partner, who
 * keeps its book: it refuses connections and ends those it has, does not answer for longer than any caller waits, or
 * answers every call with HTTP 500. Of the callbacks the receiver and the name server, which say nothing either. The disk
 * of the send journals, which has no room.
 */
export type Victim = (typeof VICTIMS)[number];

/** How the ledger goes back in time once in a run. */
export const REWINDS = ['restore', 'failover'] as const;
export type Rewind = (typeof REWINDS)[number];

/** Who, when after the start, and how long it stays away. */
export interface Kill {
  readonly victim: Victim;
  readonly atMs: number;
  readonly downMs: number;
}

export interface PlanOptions {
  readonly seed: number;
  /** Over which time the kills are spread. */
  readonly spanMs: number;
  /** How often each victim is killed. */
  readonly rounds: number;
  readonly victims: readonly Victim[];
}

const LEAST_DOWN_MS = 200;
const MOST_DOWN_MS = 1_500;

/** Plans the kills of a run, in the order of their time: each victim as often as the others, at random moments. */
export function planKills({ seed, spanMs, rounds, victims }: PlanOptions): Kill[] {
  const random = seededRandom(seed);
  const kills: Kill[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const victim of victims) {
      // One random moment in each slice of the time, so that a seed cannot put all kills into the first second.
      const atMs = Math.round(((round + random()) / rounds) * spanMs);
      kills.push({ victim, atMs, downMs: Math.round(LEAST_DOWN_MS + random() * (MOST_DOWN_MS - LEAST_DOWN_MS)) });
    }
  }
  return kills.sort((left, right) => left.atMs - right.atMs);
}
