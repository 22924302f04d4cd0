import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../core/core.module.js';

type Part = 'up' | 'down';

export interface HealthReport {
  /** `degraded`: orders are taken and kept, but the queue is away and nothing is sent until it is back. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly database: Part;
  readonly queue?: Part;
}

/** Asks the queue whether it answers; for injection where this process has one. */
export const QUEUE_PING = Symbol('queue ping');

const LIMIT_MS = 2_000;

@Injectable()
export class HealthService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(QUEUE_PING) private readonly pingQueue: (() => Promise<void>) | undefined,
  ) {}

  /** Asks the parts this process stands on, each within two seconds. */
  async check(): Promise<HealthReport> {
    const [database, queue] = await Promise.all([
      probe(() => this.pool.query('select 1')),
      this.pingQueue === undefined ? undefined : probe(this.pingQueue),
    ]);
    const status = database === 'down' ? 'down' : queue === 'down' ? 'degraded' : 'ok';
    return { status, database, ...(queue === undefined ? {} : { queue }) };
  }
}

async function probe(ask: () => Promise<unknown>): Promise<Part> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Part>((resolve) => {
    timer = setTimeout(() => resolve('down'), LIMIT_MS);
  });
  const answer = ask().then(
    (): Part => 'up',
    (): Part => 'down',
  );
  const part = await Promise.race([answer, limit]);
  clearTimeout(timer);
  return part;
}
