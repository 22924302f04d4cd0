import type { Receiver } from '../../testing/receiver.js';
import { setUpReceivers, type Receivers } from '../../testing/receivers.js';
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
export interface AlertEnvironment extends Pick<Receivers, 'pool' | 'receive'> {
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
  const { pool, receive, stopAfterwards } = setUpReceivers('operator_events, alert_targets');
  return {
    pool,
    receive,
    deliver: async (targets, rules) => {
      const alerts = createAlerts(pool(), targets, rules);
      await alerts.relay.start();
      stopAfterwards(() => alerts.relay.stop());
      return alerts;
    },
    open: (kind, severity = 'critical', message = 'It has begun.') =>
      pool().query(
        `insert into operator_events (kind, severity, message, closed_at) values ($1, $2, $3, null)
         on conflict (kind) where closed_at is null do nothing`,
        [kind, severity, message],
      ),
    close: (kind) =>
      pool().query('update operator_events set closed_at = now() where kind = $1 and closed_at is null', [kind]),
    untilNothingWaits: async () => {
      await until('nothing waits', async () => {
        const { rowCount } = await pool().query('select from alert_deliveries');
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
