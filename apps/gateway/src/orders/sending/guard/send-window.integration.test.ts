import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { findSendingStops } from './sending-stops.js';
import { setSendWindow } from './send-window.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it.each([
  ['08:00', '23:00', '2026-05-01 12:00', null],
  ['08:00', '23:00', '2026-05-01 08:00', null],
  ['08:00', '23:00', '2026-05-01 23:00', '2026-05-01 23:00'],
  ['08:00', '23:00', '2026-05-01 02:00', '2026-04-30 23:00'],
  ['22:00', '06:00', '2026-05-01 23:30', null],
  ['22:00', '06:00', '2026-05-01 05:59', null],
  ['22:00', '06:00', '2026-05-01 12:00', '2026-05-01 06:00'],
  ['08:00', '24:00', '2026-05-01 23:59', null],
  ['08:00', '24:00', '2026-05-02 01:00', '2026-05-02 00:00'],
])('of the hours %s to %s in Moscow, %s is outside since %s', async (opens, closes, at, since) => {
  const { rows } = await database.pool.query<{ since: string | null }>(
    `select to_char(outside_window_since($1::time, $2::time, 'Europe/Moscow', $3::timestamp at time zone 'Europe/Moscow')
                      at time zone 'Europe/Moscow', 'YYYY-MM-DD HH24:MI') as since`,
    [opens, closes, at],
  );
  expect(rows[0]?.since).toBe(since);
});

it('a place that PostgreSQL does not know is refused by the name of the setting', async () => {
  const window = { opens: '08:00', closes: '23:00', zone: 'Europe/Nowhere' };
  await expect(setSendWindow(database.pool, window)).rejects.toThrow('TROIKA_SEND_WINDOW');
});

it('all reasons for waiting orders are reported together, those that need a person first', async () => {
  await database.pool.query(`
    update sending_guard set state = 'stopped', reason = 'by-hand', message = 'Stopped by hand.';
    update partner_breaker set open_until = now(), opened_at = now(), reason = 'unknown-outcomes', message = 'why';
    update sending_hold set floor = 100, reading_amount = 1, window_zone = 'UTC',
      window_opens = (now() at time zone 'UTC' + interval '1 hour')::time,
      window_closes = (now() at time zone 'UTC' + interval '2 hours')::time`);
  const { stops } = await findSendingStops(database.pool);
  expect(stops.map(({ reason }) => reason)).toEqual(['by-hand', 'unknown-outcomes', 'fund-floor', 'outside-window']);
  expect(stops.map(({ continuesByItself }) => continuesByItself)).toEqual([false, true, true, true]);
});
