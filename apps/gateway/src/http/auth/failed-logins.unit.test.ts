import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { Metrics } from '../../metrics/metrics.js';
import { checkLogins } from './check-logins.js';
import { FailedLogins } from './failed-logins.js';

const TIMES = { windowMs: 60_000, holdMs: 0 };
const guess = (logins: FailedLogins, address: string): boolean => logins.note('internal', address).isThrottled;

describe('failed logins', () => {
  it('are slowed down beyond the limit of one address, and not those of another', () => {
    const logins = new FailedLogins({ perAddress: 2, total: 100 }, new Metrics(), TIMES);
    const from = (address: string): boolean[] => [1, 2, 3].map(() => guess(logins, address));
    expect(from('203.0.113.1')).toEqual([false, false, true]);
    expect(from('::ffff:203.0.113.2')).toEqual([false, false, true]);
    expect(guess(logins, '203.0.113.2')).toBe(true);
  });

  it('count for the whole /64 of an IPv6 address', () => {
    const logins = new FailedLogins({ perAddress: 1, total: 100 }, new Metrics(), TIMES);
    expect(guess(logins, '2001:db8:1:2::1')).toBe(false);
    expect(guess(logins, '2001:db8:1:2:ffff::9')).toBe(true);
    expect(guess(logins, '2001:db8:1:3::1')).toBe(false);
  });

  it('are slowed down beyond the limit of all addresses together', () => {
    const logins = new FailedLogins({ perAddress: 10, total: 3 }, new Metrics(), TIMES);
    const answers = [1, 2, 3, 4, 5].map((last) => guess(logins, `203.0.113.${last}`));
    expect(answers).toEqual([false, false, false, true, true]);
  });

  it('are counted by listener and by how they were answered', async () => {
    const metrics = new Metrics();
    const logins = new FailedLogins({ perAddress: 1, total: 100 }, metrics, TIMES);
    for (const address of ['203.0.113.1', '203.0.113.1', '203.0.113.1']) logins.note('public', address);
    const { text } = await metrics.expose();
    expect(text).toContain('vestibule_login_failures_total{listener="public",answer="at-once"} 1');
    expect(text).toContain('vestibule_login_failures_total{listener="public",answer="slowed-down"} 2');
  });

  it('are a condition from the first that is slowed down until none was for a while', async () => {
    const logins = new FailedLogins({ perAddress: 1, total: 100 }, new Metrics(), { windowMs: 50, holdMs: 0 });
    const check = checkLogins(logins);
    guess(logins, '203.0.113.1');
    expect(await check.find()).toEqual([]);
    guess(logins, '203.0.113.1');
    const [condition] = await check.find();
    expect(condition).toMatchObject({ kind: 'logins.failing', severity: 'warning' });
    expect(condition?.message).toContain('203.0.113.1');
    while ((await check.find()).length > 0) await delay(10);
    expect(guess(logins, '203.0.113.1')).toBe(false);
  });
});
