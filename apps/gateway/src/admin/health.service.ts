import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Conditions } from '../health/conditions.js';
import { POOL } from '../core/core.module.js';
import { findSendingStops, type SendingStop } from '../orders/sending/guard/sending-stops.js';

type Part = 'up' | 'down';

export interface HealthReport {
  /**
   * `degraded`: the queue is away, or a critical condition holds: orders may not leave, or may not be safe. `down`: the
   * database is out of reach.
   */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly database: Part;
  readonly queue?: Part;
  /** The problems, each with its kind and a sentence for an operator; absent without problems. */
  readonly conditions?: readonly { readonly kind: string; readonly message: string }[];
  /** Only while orders are accepted and not sent: that is no fault of this process, which stays ready. */
  readonly sending?: { readonly state: 'stopped' } & Pick<SendingStop, 'reason' | 'message' | 'since'>;
}

/** The parts of a process that can be checked. */
export interface HealthParts {
  /** Checks that the queue permits what we need; undefined if this process has none. */
  readonly pingQueue: (() => Promise<void>) | undefined;
  /** What the checks of this process have found. */
  readonly conditions: Conditions;
  /** Runs the checks now, with a time limit. */
  readonly look: () => Promise<void>;
}

/** For injection. */
export const HEALTH_PARTS = Symbol('health parts');

const LIMIT_MS = 2_000;

@Injectable()
export class HealthService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(HEALTH_PARTS) private readonly parts: HealthParts,
  ) {}

  /** Checks the parts of this process, each within two seconds. */
  async check(): Promise<HealthReport> {
    let sending: HealthReport['sending'];
    const { pingQueue, conditions: known, look } = this.parts;
    const [database, queue] = await Promise.all([
      probe(async () => (sending = await this.lookAtSending())),
      pingQueue === undefined ? undefined : probe(pingQueue),
      look(),
    ]);
    const found = known.list();
    const isCritical = found.some(({ severity }) => severity === 'critical');
    const status = database === 'down' ? 'down' : queue === 'down' || isCritical ? 'degraded' : 'ok';
    const conditions = found.map(({ kind, message }) => ({ kind, message }));
    return {
      status,
      database,
      ...(queue === undefined ? {} : { queue }),
      ...(conditions.length === 0 ? {} : { conditions }),
      ...(sending === undefined ? {} : { sending }),
    };
  }

  private async lookAtSending(): Promise<HealthReport['sending']> {
    const [stop] = (await findSendingStops(this.pool)).stops;
    return stop && { state: 'stopped', reason: stop.reason, message: stop.message, since: stop.since };
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
