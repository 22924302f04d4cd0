import { jittered } from '../core/jitter.js';
import type { Pool } from 'pg';
import { statement } from '../storage/statement.js';

export interface BreakerSettings {
  /** How many attempts in a row must fail to reach the partner before sending pauses. */
  readonly failures: number;
  /** How long it pauses, by how often it has opened in a row; the last one continues. */
  readonly pauseSecs: readonly number[];
  /** The longest a probe may take; then another may be sent. */
  readonly probeLimitMs: number;
}

/** A pause is spread by a fifth both ways. */
const MOST_SPREAD = 1.2;

const MISSED = statement('breaker-missed')`
update partner_breaker b
   set failures = b.failures + 1, changed_at = now(),
       probing = b.probing and not g.opens, openings = b.openings + case when g.opens then 1 else 0 end,
       open_until = case when g.opens
         then now() + ($3::float8[])[least(b.openings + 1, cardinality($3::float8[]))] * $4 * interval '1 second'
         else b.open_until end
  from (select $1 or (open_until is null and ($5 or failures + 1 >= $2)) as opens from partner_breaker) g
returning (extract(epoch from b.open_until - now()) * 1000)::float8 as "probeInMs", g.opens, b.failures`;

const TAKE_PROBE = statement('breaker-take-probe')`
update partner_breaker set probing = true, open_until = now() + $1 * interval '1 millisecond'
 where open_until <= now() or open_until > now() + $2 * interval '1 millisecond'`;

const GIVE_PROBE_BACK = statement('breaker-give-back')`
update partner_breaker set probing = false, open_until = now() where open_until is not null`;

const REACHED = statement('breaker-reached')`
update partner_breaker b set failures = 0, openings = 0, open_until = null, probing = false, changed_at = now()
  from (select open_until is not null as was_open from partner_breaker) g
 where b.failures > 0 or b.open_until is not null
returning g.was_open as "wasOpen"`;

/**
 * The circuit breaker that all workers share: one row in the ledger's database. It opens after so many attempts in a
 * row that did not reach the partner; then nothing is sent until the pause is over, and from then on one order at a time
 * to find out. Whatever reaches the partner closes it. Each step is one statement over one row, apart from the orders'
 * own, so that no one waits for two locks.
 */
export class Breaker {
  constructor(
    private readonly pool: Pool,
    private readonly settings: BreakerSettings,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * Notes an attempt that did not reach the partner, or that it did not take.
   *
   * @param isPlain one such attempt is enough to open the breaker: the next one will come to the same
   * @returns whether this opened the breaker, and while it is open, in how many milliseconds the next probe is due
   */
  async missed(
    isProbe: boolean,
    isPlain = false,
  ): Promise<{ opened: boolean; probeInMs: number | undefined; failures: number }> {
    const { failures, pauseSecs } = this.settings;
    const { rows } = await this.pool.query<{ probeInMs: number | null; opens: boolean; failures: number }>({
      ...MISSED,
      values: [isProbe, failures, pauseSecs, jittered(1, this.random), isPlain],
    });
    const [row] = rows;
    if (row === undefined) throw new Error('the row of the breaker is missing');
    const probeInMs = row.probeInMs === null ? undefined : Math.max(0, Math.ceil(row.probeInMs));
    return { opened: row.opens, probeInMs, failures: row.failures };
  }

  /** The longest that it is open in one go; what is said to be longer comes of a clock that was set back. */
  get longestMs(): number {
    const { pauseSecs, probeLimitMs } = this.settings;
    return Math.ceil(Math.max(1_000 * MOST_SPREAD * Math.max(...pauseSecs), probeLimitMs));
  }

  /** Asks to be the one that probes; no one else is, until the probe has ended or its time is up. */
  async takeProbe(): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      ...TAKE_PROBE,
      values: [this.settings.probeLimitMs, this.longestMs],
    });
    return rowCount === 1;
  }

  /** Nothing was there to probe with. */
  async giveProbeBack(): Promise<void> {
    await this.pool.query(GIVE_PROBE_BACK);
  }

  /**
   * Notes an attempt that reached the partner, whatever it answered.
   *
   * @returns whether this closed the breaker
   */
  async reached(): Promise<boolean> {
    const { rows } = await this.pool.query<{ wasOpen: boolean }>(REACHED);
    return rows[0]?.wasOpen === true;
  }
}
