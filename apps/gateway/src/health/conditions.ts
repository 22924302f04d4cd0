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
}

/** Another process may have reported the same: one event is enough. */
const BEGIN = `
insert into operator_events (kind, severity, message, details, closed_at) values ($1, $2, $3, $4::jsonb, null)
on conflict (kind) where closed_at is null do nothing`;
const END = 'update operator_events set closed_at = now() where kind = $1 and closed_at is null';

interface Notice {
  readonly kind: string;
  readonly begun?: Condition;
  readonly at: Date;
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
  private untold: Notice[] = [];
  private telling = Promise.resolve();

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
      else if (!this.lookedFor.has(kind)) this.untold.push({ kind, at: new Date() });
    }
    for (const kind of kinds) this.lookedFor.add(kind);
    this.telling = this.telling.then(() => this.tell());
  }

  /** Resolves when everything that can be reported so far is reported. */
  told(): Promise<void> {
    return this.telling;
  }

  private begin(condition: Condition): void {
    const { kind, severity, message } = condition;
    this.logger[severity === 'critical' ? 'error' : 'warn']({ kind }, message);
    const notice = { kind, begun: condition, at: new Date() };
    this.untold.push(notice);
    if (kind === DATABASE_AWAY || this.current.has(DATABASE_AWAY)) this.alertDirectly(notice);
  }

  private end(kind: string): void {
    this.current.delete(kind);
    this.logger.info({ kind }, 'This is over.');
    const at = new Date();
    this.untold.push({ kind, at });
    this.alerts.endDirectly(kind, at);
  }

  private alertDirectly(notice: Notice): void {
    const { begun, at, isAlerted = false } = notice;
    if (begun === undefined || isAlerted) return;
    const { kind, severity, message } = begun;
    notice.isAlerted = this.alerts.alertDirectly({ kind, severity, message, openedAt: at });
  }

  private async tell(): Promise<void> {
    for (let notice = this.untold[0]; notice !== undefined; notice = this.untold[0]) {
      const { kind, begun, at, isAlerted = false } = notice;
      try {
        if (begun === undefined) await this.pool.query(END, [kind]);
        else {
          const { severity, message } = begun;
          const details = { since: at.toISOString(), ...(isAlerted && ALERTED_DIRECTLY) };
          await this.pool.query(BEGIN, [kind, severity, message, JSON.stringify(details)]);
        }
      } catch (error) {
        this.logger.debug({ kind, error: describeError(error) }, 'an operator event waits for the database');
        for (const untold of this.untold) this.alertDirectly(untold);
        return;
      }
      this.untold.shift();
    }
  }
}
