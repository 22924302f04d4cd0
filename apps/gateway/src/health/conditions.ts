import type pg from 'pg';
import { describeError, type Logger } from '../core/logger.js';

/** Something that is wrong now and keeps the gateway from doing what it is for, or from doing it safely. */
export interface Condition {
  /** A stable word for rules and filters, such as `database.read-only`; the operator event has it too. */
  readonly kind: string;
  readonly severity: 'warning' | 'critical';
  /** For a person: what is wrong, and what to do. No personal data, no secret. */
  readonly message: string;
}

/** Another process has told the same a moment ago: one event is enough. */
const TELL = `
insert into operator_events (kind, severity, message, details)
select $1, $2, $3, $4::jsonb
 where not exists (select from operator_events where kind = $1 and severity = $2 and at > now() - interval '1 minute')`;

type Notice = Readonly<{ kind: string; severity: 'info' | 'warning' | 'critical'; message: string; at: Date }>;

/**
 * What is wrong now, as the checks of this process see it. What begins or ends is logged at once and becomes an
 * operator event, as soon as the database takes it.
 */
export class Conditions {
  private current = new Map<string, Condition>();
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
      if (this.current.has(kind) && !found.some((condition) => condition.kind === kind)) this.end(kind);
    }
    this.telling = this.telling.then(() => this.tell());
  }

  /** Resolves when everything that could be told so far is told. */
  told(): Promise<void> {
    return this.telling;
  }

  private begin({ kind, severity, message }: Condition): void {
    this.logger[severity === 'critical' ? 'error' : 'warn']({ kind }, message);
    this.untold.push({ kind, severity, message, at: new Date() });
  }

  private end(kind: string): void {
    this.current.delete(kind);
    const message = 'This is over.';
    this.logger.info({ kind }, message);
    this.untold.push({ kind, severity: 'info', message, at: new Date() });
  }

  private async tell(): Promise<void> {
    for (let notice = this.untold[0]; notice !== undefined; notice = this.untold[0]) {
      const { kind, severity, message, at } = notice;
      try {
        await this.pool.query(TELL, [kind, severity, message, JSON.stringify({ since: at.toISOString() })]);
      } catch (error) {
        this.logger.debug({ kind, error: describeError(error) }, 'an operator event waits for the database');
        return;
      }
      this.untold.shift();
    }
  }
}
