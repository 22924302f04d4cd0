import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Pool } from 'pg';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { startReceiver, type Answer, type Receiver } from '../../testing/receiver.js';
import { until } from '../../testing/until.js';
import type { AlertRules } from '../alert-relay.js';
import type { AlertTarget } from '../alert-target.js';
import { createAlerts } from './deliver-alerts.js';

/** The body of an alert, as Standard Webhooks have it. */
export interface AlertBody {
  readonly type: string;
  readonly data: {
    readonly kind: string;
    readonly openedAt: string;
    readonly closedAt: string | null;
    readonly eventId: string | null;
    readonly more: number;
  };
}

/** The environment of the suites about alerts: states, targets, and processes that deliver; removed after each test. */
export interface AlertEnvironment {
  readonly pool: () => Pool;
  readonly receive: (answer?: Answer) => Promise<Receiver>;
  readonly deliver: (
    targets: readonly AlertTarget[],
    rules?: Partial<AlertRules>,
  ) => Promise<ReturnType<typeof createAlerts>>;
  /** A state begins. */
  readonly open: (kind: string, severity?: string, message?: string) => Promise<unknown>;
  readonly close: (kind: string) => Promise<unknown>;
  readonly untilNothingWaits: () => Promise<void>;
}

export function setUpEnvironment(): AlertEnvironment {
  let database: TestDatabase;
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('truncate operator_events, alert_targets cascade'));
  afterEach(async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  });
  return {
    pool: () => database.pool,
    receive: async (answer) => {
      const receiver = await startReceiver(answer);
      stops.push(() => receiver.close());
      return receiver;
    },
    deliver: async (targets, rules) => {
      const alerts = createAlerts(database.pool, targets, rules);
      await alerts.relay.start();
      stops.push(() => alerts.relay.stop());
      return alerts;
    },
    open: (kind, severity = 'critical', message = 'It has begun.') =>
      database.pool.query(
        `insert into operator_events (kind, severity, message, closed_at) values ($1, $2, $3, null)
         on conflict (kind) where closed_at is null do nothing`,
        [kind, severity, message],
      ),
    close: (kind) =>
      database.pool.query('update operator_events set closed_at = now() where kind = $1 and closed_at is null', [kind]),
    untilNothingWaits: async () => {
      await until('nothing waits', async () => {
        const { rowCount } = await database.pool.query('select from alert_deliveries');
        return rowCount === 0 ? true : undefined;
      });
    },
  };
}

export function bodiesOf({ received }: Receiver): AlertBody[] {
  return received.map(({ body }) => JSON.parse(body) as AlertBody);
}

/** What a receiver got, such as `alert.opened queue.refuses`. */
export function storyOf(receiver: Receiver): string[] {
  return bodiesOf(receiver).map(({ type, data }) => `${type} ${data.kind}`);
}

export async function untilCalls(receiver: Receiver, count: number): Promise<void> {
  await until(`${count} calls`, () => (receiver.received.length >= count ? true : undefined));
}
