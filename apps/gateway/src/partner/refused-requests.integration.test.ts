import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { CallResult } from '@vestibule/troika-client';
import { listOperatorEvents } from '../operator-events/operator-events.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { RefusedRequests } from './refused-requests.js';

const refused = (httpStatus: number): CallResult => ({
  kind: 'not-executed',
  reason: 'http-status',
  httpStatus,
  detail: '',
  durationMs: 1,
});

describe('operators are notified that the partner refuses requests', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => database.pool.query('delete from operator_events'));

  const logger = pino({ level: 'silent' });
  const open = (): RefusedRequests => new RefusedRequests(database.pool, logger);
  const events = () => listOperatorEvents(database.pool, { before: '9'.repeat(15), kind: undefined, limit: 50 });

  it.each([
    [301, 'critical', 'TROIKA_URL'],
    [401, 'critical', 'TROIKA_BASIC_USER'],
    [404, 'critical', 'TROIKA_URL'],
    [407, 'critical', 'HTTPS_PROXY'],
    [413, 'warning', 'what it expects'],
    [429, 'warning', 'TROIKA_RATE_PER_SECOND'],
  ])('of HTTP %d as %s, with what to check', async (httpStatus, severity, check) => {
    await open().watch('app_create_order', refused(httpStatus));
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ kind: 'partner.refused-request', severity, details: { httpStatus } });
    expect(event?.message).toContain(check);
  });

  it('of HTTP 403 too, though it proves nothing', async () => {
    const result = { ...refused(403), kind: 'unknown', reason: 'http-status' } as CallResult;
    await open().watch('app_create_order', result);
    expect(await events()).toMatchObject([{ details: { httpStatus: 403, outcome: 'unknown' } }]);
  });

  it('of a proxy that opens no tunnel', async () => {
    const detail = 'the proxy answered HTTP 407: it wants other credentials';
    await open().watch('app_get_order', { kind: 'not-sent', reason: 'proxy', detail, durationMs: 1 });
    const [event] = await events();
    expect(event).toMatchObject({ kind: 'partner.proxy', severity: 'critical' });
    expect(event?.message).toContain(detail);
  });

  it('once in an hour for each status, from however many processes', async () => {
    const [one, other] = [open(), open()];
    for (const process of [one, one, other]) {
      await process.watch('app_create_order', refused(401));
      await process.watch('app_get_order', refused(404));
    }
    expect(await events()).toHaveLength(2);
    await database.pool.query(`update operator_events set at = at - interval '61 minutes'`);
    await open().watch('app_create_order', refused(401));
    expect(await events()).toHaveLength(3);
  });

  it('of nothing else', async () => {
    const others: CallResult[] = [
      { kind: 'not-sent', reason: 'refused', detail: '', durationMs: 1 },
      { kind: 'unknown', reason: 'http-status', httpStatus: 500, detail: '', durationMs: 1 },
      { kind: 'unknown', reason: 'timeout', detail: '', durationMs: 1 },
    ];
    for (const result of others) await open().watch('app_create_order', result);
    expect(await events()).toEqual([]);
  });
});
