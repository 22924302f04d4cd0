import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Conditions } from '../health/conditions.js';
import type { Parts } from '../health/parts/parts.js';
import { POOL } from '../core/core.module.js';
import { describeBuild } from '../core/version.js';
import type { HealthReport, PartsReport } from './health-report.js';
import { findSendingStops } from '../orders/sending/guard/sending-stops.js';
import { within } from '../core/within.js';

type State = 'up' | 'down';
type Status = PartsReport['status'];
type ShownCondition = PartsReport['conditions'][number];

/** The parts of a process that can be checked. */
export interface HealthParts {
  /** Checks that the queue permits what we need; undefined if this process has none. */
  readonly pingQueue: (() => Promise<void>) | undefined;
  /** What the checks of this process have found. */
  readonly conditions: Conditions;
  /** What this process stands on and calls. */
  readonly parts: Parts;
  /** Runs the checks now, with a time limit. */
  readonly look: () => Promise<void>;
  /** Whether the process was asked to end. */
  readonly isLeaving: () => boolean;
}

/** For injection. */
export const HEALTH_PARTS = Symbol('health parts');

/** A probe has its answer within half a second, whatever hangs. */
const LIMIT_MS = 400;

@Injectable()
export class HealthService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(HEALTH_PARTS) private readonly known: HealthParts,
  ) {}

  /** Checks what this process stands on. What does not answer at once is as the watch over the parts has found it last. */
  async check(): Promise<HealthReport> {
    let sending: HealthReport['sending'];
    const { pingQueue, parts, look } = this.known;
    const [databaseNow, queueNow] = await Promise.all([
      probe(async () => (sending = await this.lookAtSending())),
      pingQueue === undefined ? undefined : probe(pingQueue),
      within(LIMIT_MS, look(), undefined),
    ]);
    const database = databaseNow ?? this.last('database');
    const queue = queueNow ?? this.last(parts.get('redis') === undefined ? 'database' : 'redis');
    const conditions = this.conditions();
    return {
      status: this.statusOf(database, pingQueue && queue),
      database,
      queue: pingQueue && queue,
      conditions: conditions.length === 0 ? undefined : conditions,
      sending,
    };
  }

  /** What is known, without asking anyone. */
  show(): PartsReport {
    const status = this.statusOf(this.last('database'), this.last('redis'));
    return { status, ...describeBuild(), parts: this.known.parts.list(), conditions: this.conditions() };
  }

  private last(name: 'database' | 'redis'): State {
    return this.known.parts.get(name)?.state === 'down' ? 'down' : 'up';
  }

  private statusOf(database: State, queue: State | undefined): Status {
    if (this.known.isLeaving()) return 'stopping';
    if (database === 'down') return 'down';
    const isCritical = this.known.conditions.list().some(({ severity }) => severity === 'critical');
    return queue === 'down' || isCritical ? 'degraded' : 'ok';
  }

  private conditions(): readonly ShownCondition[] {
    return this.known.conditions.list().map(({ kind, message }) => ({ kind, message }));
  }

  private async lookAtSending(): Promise<HealthReport['sending']> {
    const [stop] = (await findSendingStops(this.pool)).stops;
    return stop && { state: 'stopped', reason: stop.reason, message: stop.message, since: stop.since };
  }
}

/** @returns undefined without an answer in time */
async function probe(ask: () => Promise<unknown>): Promise<State | undefined> {
  const asked = ask().then(
    (): State => 'up',
    (): State => 'down',
  );
  return await within(LIMIT_MS, asked, undefined);
}
