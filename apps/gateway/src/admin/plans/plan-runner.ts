import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import { describeError, type Logger } from '../../core/logger.js';
import { runBatch } from '../../orders/ledger/plans/run-plan.js';
import type { Plan } from '../../orders/ledger/plans/plan.js';
import type { SendQueue } from '../../orders/sending/send-queue.js';

/** For injection: undefined where the process has no queue; a worker's sweeper then brings what is due. */
export const PLAN_QUEUE = Symbol('the queue of plans');

const PAUSE_MS = 1_000;

/**
 * Runs plans in the background, one batch after the other. When a process ends, the next runner continues with the
 * rest.
 */
@Injectable()
export class PlanRunner implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(PLAN_QUEUE) private readonly queue: SendQueue | undefined,
  ) {}

  /** Does not wait. */
  start(plan: Pick<Plan, 'id' | 'decision'>, who: string): void {
    const run = this.run({ ...plan, who }).finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Nest calls it before the process ends: the batch in progress is finished. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async run(plan: Pick<Plan, 'id' | 'decision'> & { who: string }): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const jobs = await runBatch(this.pool, plan);
        if (jobs === undefined) return;
        for (const job of jobs) this.queue?.enqueue(job);
      } catch (error) {
        this.logger.warn({ plan: plan.id, error: describeError(error) }, 'a batch of a plan was not decided');
        await delay(PAUSE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}
