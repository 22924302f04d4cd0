import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { orderAnswer, refusal, startAskedPartner, type AskedPartner } from './testing/asked-partner.js';
import { confirmOrders, resetOrders } from './testing/confirmed-orders.js';
import { startTracker, type RunningTracker } from './testing/start-tracker.js';

describe('the tracker', () => {
  let database: TestDatabase;
  let partner: AskedPartner;
  let trackers: RunningTracker[];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await resetOrders(database.pool);
    partner = await startAskedPartner();
    trackers = [];
  });
  afterEach(async () => {
    await Promise.all(trackers.map((tracker) => tracker.stop()));
    await partner.close();
  });

  const track = (env: Readonly<Record<string, string>> = {}): RunningTracker => {
    const tracker = startTracker(database.pool, partner.url, env);
    trackers.push(tracker);
    return tracker;
  };
  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await holds()); tries += 1) {
      if (tries > 2_000) throw new Error(`waited in vain: ${what}`);
      await delay(20);
    }
  }
  const one = async <T>(text: string): Promise<T> => (await database.pool.query<T & object>(text)).rows[0] as T;
  const whenRecorded = (polls: number): Promise<void> =>
    until('polls are written down', async () => {
      const { count } = await one<{ count: number }>(
        'select count(*)::int as count from order_tracks where step > 0 or ended is not null or refused_since is not null',
      );
      return count >= polls;
    });

  it('keeps the common rate with any number of processes, and never polls an order twice at once', async () => {
    const rate = 100;
    await confirmOrders(database.pool, 100);
    partner.answer = async (id) => {
      await delay(30);
      return orderAnswer(id, { used: false });
    };
    const startedMs = performance.now();
    for (let process = 0; process < 3; process += 1) {
      track({ TROIKA_RATE_PER_SECOND: String(rate), TROIKA_TRACK_SCHEDULE_SECS: '0.1', TROIKA_CONCURRENCY: '64' });
    }
    await until('two hundred questions', () => partner.questions.length >= 200);
    // On a busy machine a call may be late, but never before its slot: at any time since the beginning there were no
    // more calls than slots.
    partner.questions.forEach(({ atMs }, index) =>
      expect(atMs - startedMs).toBeGreaterThan((1_000 * index) / rate - 2),
    );
    expect(partner.overlaps).toEqual([]);
  });

  it('has no more polls in progress than the limit of the process', async () => {
    await confirmOrders(database.pool, 20);
    let open = 0;
    let most = 0;
    const listeners: (() => void)[] = [];
    partner.answer = async (id) => {
      most = Math.max(most, (open += 1));
      await new Promise<void>((resolve) => listeners.push(resolve));
      open -= 1;
      return orderAnswer(id, { used: true });
    };
    track({ TROIKA_CONCURRENCY: '4' });
    await until('as many as may be are open', () => listeners.length === 4);
    const { leased } = await one<{ leased: number }>(
      'select count(*)::int as leased from order_tracks where polls > 0',
    );
    expect(leased).toBe(4);
    await until('all were asked about', async () => {
      for (const listener of listeners.splice(0)) listener();
      const { count } = await one<{ count: number }>(
        `select count(*)::int as count from order_tracks where ended = 'complete'`,
      );
      return count === 20;
    });
    expect(most).toBe(4);
  });

  it('asks at the next interval while nothing changes, and at the first one after a change', async () => {
    const [order] = await confirmOrders(database.pool, 1);
    const dueInSecs = async () =>
      one<{ step: number; secs: number }>(
        'select step, extract(epoch from due_at - now())::float8 as secs from order_tracks',
      );
    const again = () => database.pool.query('update order_tracks set due_at = now()');
    track({ TROIKA_TRACK_SCHEDULE_SECS: '1000,2000,3000' });
    await whenRecorded(1);
    expect((await dueInSecs()).step).toBe(1);
    expect((await dueInSecs()).secs).toBeGreaterThan(1_500);
    await again();
    await until('the second step', async () => (await dueInSecs()).step === 2);
    expect((await dueInSecs()).secs).toBeGreaterThan(2_300);
    partner.answer = (id) => orderAnswer(id, { used: true }, { used: false });
    await again();
    await until('it begins again', async () => (await dueInSecs()).step === 0);
    expect((await dueInSecs()).secs).toBeLessThan(1_300);
    const { tickets } = await one<{ tickets: number }>(
      `select count(*)::int as tickets from order_events where type = 'ticket.written' and order_id = '${order?.id}'`,
    );
    expect(tickets).toBe(1);
  });

  it('continues with a cancelled order until its money is back, and then ends', async () => {
    await confirmOrders(database.pool, 1);
    partner.answer = (id) => orderAnswer(id, { used: false, payback: 'initiated' });
    const { metrics } = track();
    await until(
      'it is cancelled',
      async () => (await one<{ status: string }>('select status from orders')).status === 'cancelled',
    );
    expect(await one('select ended, step from order_tracks')).toEqual({ ended: null, step: 0 });
    partner.answer = (id) => orderAnswer(id, { used: false, payback: 'completed' });
    await database.pool.query('update order_tracks set due_at = now()');
    await until(
      'it has ended',
      async () => (await one<{ ended: string }>('select ended from order_tracks')).ended === 'complete',
    );
    await until('it is counted', async () =>
      (await metrics.expose()).text.includes('vestibule_tracks_ended_total{reason="complete"} 1'),
    );
  });

  it('does not take an order for complete that names no ticket', async () => {
    await confirmOrders(database.pool, 1);
    partner.answer = (id) => orderAnswer(id);
    track();
    await whenRecorded(1);
    expect(await one('select ended, step from order_tracks')).toEqual({ ended: null, step: 1 });
  });

  it('ends at the deadline, after one last look', async () => {
    await confirmOrders(database.pool, 1);
    await database.pool.query(`update order_tracks set since = now() - interval '91 days'`);
    track();
    await whenRecorded(1);
    expect(await one('select ended from order_tracks')).toEqual({ ended: 'deadline' });
    expect(partner.questions).toHaveLength(1);
  });

  it('reports to operators the end of tracking also for an order whose refusal was reported', async () => {
    await confirmOrders(database.pool, 1);
    await database.pool.query(
      `update order_tracks
          set since = now() - interval '91 days', refused_since = now() - interval '80 days', reported_at = now()`,
    );
    partner.answer = () => refusal(17);
    track();
    await until(
      'it has ended',
      async () => (await one<{ ended: string | null }>('select ended from order_tracks')).ended !== null,
    );
    expect(await one('select ended, reported_at from order_tracks')).toEqual({ ended: 'deadline', reported_at: null });
  });

  it('asks rarely about an order that the partner refuses, and notes since when', async () => {
    await confirmOrders(database.pool, 1);
    partner.answer = () => refusal(17);
    track({ TROIKA_TRACK_SCHEDULE_SECS: '1,1000' });
    await whenRecorded(1);
    const { secs, since } = await one<{ secs: number; since: Date | null }>(
      'select extract(epoch from due_at - now())::float8 as secs, refused_since as since from order_tracks',
    );
    expect(secs).toBeGreaterThan(700);
    expect(since).not.toBeNull();
    partner.answer = (id) => orderAnswer(id, { used: false });
    await database.pool.query('update order_tracks set due_at = now()');
    await until(
      'it is reported again',
      async () => (await one<{ r: Date | null }>('select refused_since as r from order_tracks')).r === null,
    );
  });

  it.each([429, 503])(
    'pauses for everybody as long as HTTP %i asks, and uses up no attempt of the schedule',
    async (status) => {
      await confirmOrders(database.pool, 1);
      partner.answer = () => ({ status, headers: { 'retry-after': '100' } });
      track();
      await until(
        'tracking pauses',
        async () => (await one<{ is: boolean }>('select until > now() as is from tracking_pause')).is,
      );
      const { secs } = await one<{ secs: number }>(
        'select extract(epoch from until - now())::float8 as secs from tracking_pause',
      );
      expect(secs).toBeGreaterThan(90);
      await until(
        'it is written down',
        async () =>
          (
            await one<{ polls: number; secs: number }>(
              'select extract(epoch from due_at - now())::float8 as secs from order_tracks',
            )
          ).secs > 90,
      );
      expect(await one('select step, refused_since from order_tracks')).toEqual({ step: 0, refused_since: null });
    },
  );

  it('detects that the partner is back without orders to send', async () => {
    const port = Number(new URL(partner.url).port);
    await partner.close();
    await confirmOrders(database.pool, 3);
    track({ TROIKA_BREAKER_FAILURES: '1' });
    await until(
      'the breaker opens',
      async () => (await one<{ is: boolean }>('select open_until is not null as is from partner_breaker')).is,
    );
    expect(await one('select max(step) as step from order_tracks')).toEqual({ step: 0 });
    partner = await startAskedPartner(port);
    await until('tracking pauses no more', async () => {
      await database.pool.query(
        `update tracking_pause set until = '-infinity'; update order_tracks set due_at = now() where step = 0`,
      );
      return partner.questions.length > 0;
    });
    await until(
      'the breaker is closed',
      async () => (await one<{ is: boolean }>('select open_until is null as is from partner_breaker')).is,
    );
  });

  it('finishes polls in progress when the process ends, and claims no more', async () => {
    await confirmOrders(database.pool, 10);
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    partner.answer = async (id) => {
      await opened;
      return orderAnswer(id, { used: true });
    };
    const tracker = track({ TROIKA_CONCURRENCY: '2' });
    await until('two are under way', () => partner.questions.length === 2);
    const stopped = tracker.stop();
    open();
    await stopped;
    expect(
      await one(
        `select count(*) filter (where polls > 0)::int as asked, count(*) filter (where ended = 'complete')::int as ended from order_tracks`,
      ),
    ).toEqual({ asked: 2, ended: 2 });
  });

  it('leaves the track to the process that has taken it over, but records the tickets', async () => {
    await confirmOrders(database.pool, 1);
    partner.answer = async (id) => {
      await database.pool.query('update order_tracks set polls = polls + 1');
      return orderAnswer(id, { used: true });
    };
    const tracker = track();
    await until('it was asked', () => partner.questions.length === 1);
    await tracker.stop();
    expect(await one('select ended, polls from order_tracks')).toEqual({ ended: null, polls: 2 });
    expect(await one('select status from order_tickets')).toEqual({ status: 'written' });
  });
});
