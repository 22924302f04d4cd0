import type { Pool } from 'pg';
import type { Logger } from '../../core/logger.js';
import { OutageLog } from '../../core/outage-log.js';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { Periodic } from '../../storage/periodic.js';
import { statement } from '../../storage/statement.js';
import type { ListenerName } from './failed-logins.js';

const PERIOD_MS = 2_000;
/** So many addresses of an hour have a row of their own; further ones are counted together. */
const MOST_ADDRESSES = 1_000;
const OTHERS = 'others';
const HOUR_MS = 3_600_000;

interface Counted {
  readonly hour: Date;
  readonly listener: ListenerName;
  readonly address: string;
  failures: number;
  slowed: number;
  lastAt: Date;
}

const COUNTED = new ColumnArrays<Counted>({
  hour: ['timestamptz', ({ hour }) => hour],
  listener: ['text', ({ listener }) => listener],
  address: ['text', ({ address }) => address],
  failures: ['bigint', ({ failures }) => failures],
  slowed: ['bigint', ({ slowed }) => slowed],
  last_at: ['timestamptz', ({ lastAt }) => lastAt],
});
const ADD = statement('add-failed-logins')`
insert into failed_logins as kept (hour, listener, address, failures, slowed, last_at)
select hour, listener, address, failures, slowed, last_at from ${COUNTED.rowsAs('g')} order by hour, listener, address
on conflict (hour, listener, address) do update
   set failures = kept.failures + excluded.failures, slowed = kept.slowed + excluded.slowed,
       last_at = greatest(kept.last_at, excluded.last_at)`;

/** What another process deletes at this moment is left to it. */
const DELETE_OLD = statement('delete-old-failed-logins')`
delete from failed_logins f using (
  select ctid from failed_logins where hour < now() - interval '7 days' for update skip locked
) o where f.ctid = o.ctid`;

/**
 * Failed logins by address and hour, for operators: gathered in memory, and written down every two seconds, so that someone who
 * tries secrets costs no statement for each. What the database does not take is counted in the metrics all the same.
 */
export class FailedLoginRecord {
  private readonly periodic = new Periodic(PERIOD_MS, () => this.write());
  private readonly cleaning = new Periodic(HOUR_MS, () => this.attempt(() => this.pool.query(DELETE_OLD)));
  private readonly outage: OutageLog;
  private gathered = new Map<string, Counted>();
  private hour = 0;
  private readonly addresses = new Set<string>();

  constructor(
    private readonly pool: Pool,
    logger: Logger,
  ) {
    this.outage = new OutageLog(logger, 'failed logins were not written down');
  }

  start(): void {
    this.periodic.start();
    this.cleaning.start({ atOnce: true });
  }

  /** Writes what is left. */
  async stop(): Promise<void> {
    await Promise.all([this.periodic.stop(), this.cleaning.stop()]);
    await this.write();
  }

  add(listener: ListenerName, from: string, isSlowedDown: boolean): void {
    const now = Date.now();
    const hour = now - (now % HOUR_MS);
    if (hour !== this.hour) this.addresses.clear();
    this.hour = hour;
    if (this.addresses.size < MOST_ADDRESSES) this.addresses.add(from);
    const address = this.addresses.has(from) ? from : OTHERS;
    const key = `${hour} ${listener} ${address}`;
    const counted = this.gathered.get(key) ?? {
      hour: new Date(hour),
      listener,
      address,
      failures: 0,
      slowed: 0,
      lastAt: new Date(now),
    };
    counted.failures += 1;
    if (isSlowedDown) counted.slowed += 1;
    counted.lastAt = new Date(now);
    this.gathered.set(key, counted);
  }

  private async write(): Promise<void> {
    if (this.gathered.size === 0) return;
    const counted = [...this.gathered.values()];
    this.gathered = new Map();
    await this.attempt(() => this.pool.query({ ...ADD, values: COUNTED.of(counted) }));
  }

  private async attempt(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
      this.outage.worked();
    } catch (error) {
      this.outage.failed(error);
    }
  }
}
