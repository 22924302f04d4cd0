import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import type { CallRecord } from './call-record.js';
import { CallRecorder } from './call-recorder.js';
import { addCalls, listCalls, RING_SIZE } from './call-ring.js';

const call = (requestId: string): CallRecord => ({
  at: new Date(),
  requestId,
  method: 'getCard',
  code: 'ok',
  httpStatus: 200,
  durationMs: 1.25,
  card: '•••4567',
});
const calls = (from: number, count: number): CallRecord[] =>
  Array.from({ length: count }, (_, index) => call(`r${from + index}`));
const NEWEST = { before: '9223372036854775807', method: undefined, code: undefined, requestId: undefined };

describe('the record of loyalty calls', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('keeps the last 10,000, the newest first', async () => {
    const { pool } = database;
    for (let from = 0; from < RING_SIZE + 500; from += 500) await addCalls(pool, calls(from, 500));
    const kept = await listCalls(pool, { ...NEWEST, limit: RING_SIZE + 1 });
    expect(kept).toHaveLength(RING_SIZE);
    expect(kept[0]).toMatchObject({ ...call(`r${RING_SIZE + 499}`), at: expect.any(Date) });
    expect(kept.at(-1)?.requestId).toBe('r500');
    expect(await listCalls(pool, { ...NEWEST, requestId: 'r700', limit: 5 })).toHaveLength(1);
  });

  it('drops and counts what it cannot write at once, and makes no call wait', async () => {
    const { pool } = database;
    let dropped = 0;
    const recorder = new CallRecorder(pool, createLogger('silent'), (count) => (dropped += count));
    const holder = await pool.connect();
    await holder.query('begin; lock table loyalty_calls in access exclusive mode');
    for (const each of calls(20_000, 1_200)) recorder.add(each);
    expect(dropped).toBe(200);
    const written = recorder.stop();
    await holder.query('commit');
    holder.release();
    await written;
    const [newest] = await listCalls(pool, { ...NEWEST, limit: 1 });
    expect(newest?.requestId).toBe('r20999');
  });
});
