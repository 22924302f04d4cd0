import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import { describeError, type Logger } from '../../core/logger.js';
import { HEARTBEAT_MS, LiveStreams, NOTHING_NEW, STREAM_BEGINS, type Pull } from '../../http/live-streams.js';
import { findPlan, type Plan } from '../../orders/ledger/plans/plan.js';

/** How soon a reader sees that a plan has come further. */
const PERIOD_MS = 500;

/** Whether nothing happens any more unless a person runs the plan. */
export const isAtRest = ({ state }: Pick<Plan, 'state'>): boolean => state === 'done' || state === 'stopped';

/** What a stream calls a state of a plan: the reader that has the last one is not sent it again. */
export const planEventId = ({ state, decided, skipped }: Pick<Plan, 'state' | 'decided' | 'skipped'>): string =>
  `${state}-${decided}-${skipped}`;

/** The progress of plans, live. A stream reads the ledger, so that any process can show what another one runs. */
@Injectable()
export class PlanStreams implements OnModuleDestroy {
  private readonly streams = new LiveStreams();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Begins with the plan as it is; ends when it is done or stopped. */
  start(id: string, response: ServerResponse, reader: string, isAllowed?: () => boolean): Readable | undefined {
    return this.streams.start((signal, pull) => this.write(id, signal, pull), response, reader, isAllowed);
  }

  /** Nest calls it before it closes the listener. */
  async onModuleDestroy(): Promise<void> {
    await this.streams.close();
  }

  private async *write(id: string, signal: AbortSignal, pull: Pull): AsyncGenerator<string> {
    let text = STREAM_BEGINS;
    let known = '';
    let at = performance.now();
    while (!signal.aborted) {
      if (text !== '') {
        pull.waitingSince = performance.now();
        yield text;
        pull.waitingSince = undefined;
        at = performance.now();
      }
      const plan = await this.find(id);
      const eventId = plan === undefined ? known : planEventId(plan);
      if (plan !== undefined && eventId !== known) {
        known = eventId;
        text = `id: ${eventId}\ndata: ${JSON.stringify(plan)}\n\n`;
        if (!isAtRest(plan)) continue;
        yield text;
        return;
      }
      text = performance.now() - at > HEARTBEAT_MS ? NOTHING_NEW : '';
      await delay(PERIOD_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async find(id: string): Promise<Plan | undefined> {
    return await findPlan(this.pool, id).catch((error: unknown) => {
      this.logger.warn({ plan: id, error: describeError(error) }, 'the progress of a plan cannot be read');
      return undefined;
    });
  }
}
