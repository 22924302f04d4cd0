import type { Program } from '../harness/contestant.js';
import type { PumpAnswer, PumpJob } from './pump-process.js';
import type { PumpResult } from './pump.js';

/** Our end of the load generator's channel. */
export class PumpClient {
  private seed = 0;

  constructor(readonly process: Program) {}

  /**
   * Runs one load. Each has a sequence of its own, which is the same in every run of the benchmark.
   *
   * @param target the receiver, for the message
   * @throws Error when the target gave a wrong answer or broke a connection
   */
  async run(target: string, job: Omit<PumpJob, 'seed'>): Promise<PumpResult> {
    this.seed += 1;
    const message = this.process.message<PumpAnswer>();
    this.process.child.send({ ...job, seed: this.seed } satisfies PumpJob);
    const answer = await message;
    if ('error' in answer) throw new Error(`${target}: ${answer.error}`);
    return answer.result;
  }
}
