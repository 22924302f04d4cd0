import { call } from './call.js';
import type { Result } from './problem.js';
import type { OperatorEvent } from './sending.js';

/** Where alerts go; never an address. */
export interface AlertTarget {
  readonly name: string;
  readonly form: string;
  readonly state: 'working' | 'failing' | 'unused';
  readonly waiting: number;
  readonly waitingSince: string | null;
  readonly failingSince: string | null;
  readonly nextAttemptAt: string | null;
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  readonly lastFailure: string | null;
}

/** What came back from a target of a test. */
export interface TestedTarget {
  readonly name: string;
  readonly outcome: string;
  readonly httpStatus: number | null;
  readonly detail: string | null;
  readonly durationMs: number;
}

export interface Alerts {
  readonly targets: readonly AlertTarget[];
  /** What a person is alerted of, the newest first. */
  readonly events: readonly OperatorEvent[];
}

const EVENTS_LOOKED_AT = '200';

export async function lookAtAlerts(): Promise<Result<Alerts>> {
  const [targets, events] = await Promise.all([
    call<{ targets: readonly AlertTarget[] }>('GET', '/admin/alerts'),
    call<{ events: readonly OperatorEvent[] }>('GET', '/admin/events', { query: { limit: EVENTS_LOOKED_AT } }),
  ]);
  if (!targets.ok) return targets;
  if (!events.ok) return events;
  const alerted = events.value.events.filter(({ severity }) => severity !== 'info');
  return { ok: true, value: { targets: targets.value.targets, events: alerted } };
}

export function testAlerts(why: string): Promise<Result<{ readonly targets: readonly TestedTarget[] }>> {
  return call('POST', '/admin/alerts/test', { body: { why } });
}
