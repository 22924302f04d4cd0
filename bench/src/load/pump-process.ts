import { cardSearchGrowthWorkload, cardSearchWorkload } from './card-search.workload.js';
import { orderAcceptWorkload } from './order-accept.workload.js';
import { pump, type PumpOptions, type PumpResult } from './pump.js';
import type { Workload } from './workload.js';

/** The load generator as a process of its own: it takes one job after the other over the channel. */
export interface PumpJob extends PumpOptions {
  readonly workload: keyof typeof WORKLOADS;
  readonly seed: number;
}

export type PumpAnswer = { readonly result: PumpResult } | { readonly error: string };

const WORKLOADS = {
  'card-search': cardSearchWorkload,
  'card-search-1k': (seed) => cardSearchGrowthWorkload(seed, 1_000),
  'card-search-1m': (seed) => cardSearchGrowthWorkload(seed, 1_000_000),
  'order-accept': orderAcceptWorkload,
} satisfies Record<string, (seed: number) => Workload>;

process.on('message', (job: PumpJob) => {
  const answer = (message: PumpAnswer): void => void process.send?.(message);
  pump(WORKLOADS[job.workload](job.seed), job).then(
    (result) => answer({ result }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit());
