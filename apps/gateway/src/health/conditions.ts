import type pg from 'pg';
import { describeError, type Logger } from '../core/logger.js';

/** A present problem that keeps the gateway from its work, or from doing it safely. */
export interface Condition {
  /** A stable word for rules and filters, such as `database.read-only`; the operator event has it too. */
  readonly kind: string;
  readonly severity: 'warning' | 'critical';
  /** For a person: the problem, and what to do. No personal data, no secret. */
  readonly message: string;
}

/** Another process may have reported the same: one event is enough. */
const BEGIN = `
insert into operator_events (kind, severity, message, details, closed_at) values ($1, $2, $3, $4::jsonb, null)
on conflict (kind) where closed_at is null do nothing`;
const END = 'update operator_events set closed_at = now() where kind = $1 and closed_at is null';

type Notice = Readonly<{ kind: string; begun?: Condition; at: Date }>;

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
    this.untold.push({ kind, begun: condition, at: new Date() });
  }

  private end(kind: string): void {
    this.current.delete(kind);
    this.logger.info({ kind }, 'This is over.');
    this.untold.push({ kind, at: new Date() });
  }

  private async tell(): Promise<void> {
    for (let notice = this.untold[0]; notice !== undefined; notice = this.untold[0]) {
      const { kind, begun, at } = notice;
      try {
        if (begun === undefined) await this.pool.query(END, [kind]);
        else {
          const { severity, message } = begun;
          await this.pool.query(BEGIN, [kind, severity, message, JSON.stringify({ since: at.toISOString() })]);
        }
      } catch (error) {
        this.logger.debug({ kind, error: describeError(error) }, 'an operator event waits for the database');
        return;
      }
      this.untold.shift();
    }
  }
}
