import type pg from 'pg';
import { ALERTED_DIRECTLY, NO_ALERTS, type AlertChannel } from '../alerts/alert-channel.js';
import { describeError, type Logger } from '../core/logger.js';
import type { OperatorEventKind } from '../operator-events/catalogue/catalogue.js';

/** A present problem that keeps the gateway from its work, or from doing it safely. */
export interface Condition {
  /** A stable word for rules and filters, such as `database.read-only`; the operator event has it too. */
  readonly kind: OperatorEventKind;
  readonly severity: 'warning' | 'critical';
  /** For a person: the problem, and what to do. No personal data, no secret. */
  readonly message: string;
  /** When it began, where that is known better than by the moment it is reported. */
  readonly since?: Date;
}

/**
 * $5: how long ago it began, by the clock of this process, in milliseconds. Another process may have reported the same,
 * and its end too while we could not: one event is enough.
 */
const BEGIN = `
insert into operator_events (at, kind, severity, message, details, closed_at)
select b.at, $1, $2, $3, $4::jsonb, null from (select now() - $5 * interval '1 millisecond' as at) b
 where not exists (select from operator_events where kind = $1 and closed_at > b.at)
on conflict (kind) where closed_at is null do nothing`;
/** $2: how long ago it ended. */
const END = `
update operator_events set closed_at = greatest(at, now() - $2 * interval '1 millisecond')
 where kind = $1 and closed_at is null`;

interface Notice {
  readonly kind: string;
  readonly begun?: Condition;
  /** For people; `steadyMs` is the same by a clock that no one sets. */
  readonly at: Date;
  readonly steadyMs: number;
  /** Its alert did not wait for the database. */
  isAlerted?: boolean;
}

/** While it holds, no event can be written, so alerts go out directly. */
const DATABASE_AWAY: OperatorEventKind = 'database.away';

/**
 * What is wrong now, as the checks of this process see it. What begins or ends is logged at once; it is one operator event,
 * begun and closed as soon as the database takes it.
 */
export class Conditions {
  private current = new Map<string, Condition>();
  /** Kinds that were looked for: what a process before this one has begun is over when the first look finds nothing. */
  private readonly lookedFor = new Set<string>();
  private pending: Notice[] = [];
  private reporting = Promise.resolve();
  private isReporting = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
    private readonly alerts: AlertChannel = NO_ALERTS,
  ) {}

  list(): readonly Condition[] {
    return [...this.current.values()];
  }

  /**
   * Takes over what a check has found.
   *
   * @param kinds what the check looks for: those of them that are not found are over
   */
  report(kinds: readonly string[], found: readonly Condition[]): void {
    for (const condition of found) {
      if (!this.current.has(condition.kind)) this.begin(condition);
      this.current.set(condition.kind, condition);
    }
    for (const kind of kinds) {
      if (found.some((condition) => condition.kind === kind)) continue;
      if (this.current.has(kind)) this.end(kind);
      else if (!this.lookedFor.has(kind)) this.pending.push(notice(kind));
    }
    for (const kind of kinds) this.lookedFor.add(kind);
    // One that is in progress takes these notices too.
    if (this.isReporting) return;
    this.isReporting = true;
    this.reporting = this.writeDown().finally(() => (this.isReporting = false));
  }

  /** Resolves when everything that can be reported so far is reported. */
  reported(): Promise<void> {
    return this.reporting;
  }

  private begin(condition: Condition): void {
    const { kind, severity, message } = condition;
    this.logger[severity === 'critical' ? 'error' : 'warn']({ kind }, message);
    const begun = notice(kind, condition);
    this.pending.push(begun);
    if (kind === DATABASE_AWAY || this.current.has(DATABASE_AWAY)) this.alertDirectly(begun);
  }

  private end(kind: string): void {
    this.current.delete(kind);
    this.logger.info({ kind }, 'This is over.');
    const over = notice(kind);
    this.pending.push(over);
    this.alerts.endDirectly(kind, over.at);
  }

  private alertDirectly(pending: Notice): void {
    const { begun, at, isAlerted = false } = pending;
    if (begun === undefined || isAlerted) return;
    const { kind, severity, message } = begun;
    pending.isAlerted = this.alerts.alertDirectly({ kind, severity, message, openedAt: at });
  }

  private async writeDown(): Promise<void> {
    for (let next = this.pending[0]; next !== undefined; next = this.pending[0]) {
      const { kind, begun, at, steadyMs, isAlerted = false } = next;
      const agoMs = performance.now() - steadyMs;
      try {
        if (begun === undefined) await this.pool.query(END, [kind, agoMs]);
        else {
          const { severity, message } = begun;
          const details = JSON.stringify({ since: at.toISOString(), ...(isAlerted && ALERTED_DIRECTLY) });
          await this.pool.query(BEGIN, [kind, severity, message, details, agoMs]);
        }
      } catch (error) {
        this.logger.debug({ kind, error: describeError(error) }, 'an operator event waits for the database');
        // What is over by now is an event with an end, and its alerts come of that.
        for (const pending of this.pending) if (this.current.has(pending.kind)) this.alertDirectly(pending);
        return;
      }
      this.pending.shift();
    }
  }
}

function notice(kind: string, begun?: Condition): Notice {
  const at = begun?.since ?? new Date();
  return { kind, ...(begun && { begun }), at, steadyMs: performance.now() - (Date.now() - at.getTime()) };
}
