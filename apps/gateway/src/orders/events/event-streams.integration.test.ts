import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createLogger } from '../../core/logger.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { EVENT_PAGE, type EventCursor } from '../ledger/events-after.js';
import { EventFeed } from './event-feed.js';
import type { Pull } from '../../http/live-streams.js';
import { writeEvents } from './event-text.js';

const NEVER = new AbortController().signal;
const AT_ONCE = { soon: true, limitMs: 60_000, signal: NEVER };

describe('the feed of histories', () => {
  let database: TestDatabase;
  let feed: EventFeed;
  beforeAll(async () => {
    database = await openTestDatabase();
    feed = new EventFeed(database.pool, createLogger('silent'));
  });
  afterAll(async () => {
    await feed.stop();
    await database.close();
  });

  async function placeOrder(events = 1): Promise<EventCursor> {
    const orderId = randomUUID();
    await database.pool.query(
      `insert into orders (id, api_key_name, idempotency_key, request_hash, body) values ($1::uuid, 'k', $1::text, '', '{}')`,
      [orderId],
    );
    await addEvents(orderId, events);
    return { orderId, after: '0' };
  }
  const addEvents = (orderId: string, count: number) =>
    database.pool.query(
      `insert into order_events (order_id, status, cause) select $1, 'accepted', 'n' || n from generate_series(1, $2) n`,
      [orderId, count],
    );

  it('gives every reader its own history, behind what it has, and what comes later', async () => {
    const [one, two] = [await placeOrder(3), await placeOrder(2)];
    const [ofOne, ofTwo] = await Promise.all([feed.next(one, AT_ONCE), feed.next(two, AT_ONCE)]);
    expect(ofOne?.map(({ cause }) => cause)).toEqual(['n1', 'n2', 'n3']);
    expect(ofTwo?.map(({ cause }) => cause)).toEqual(['n1', 'n2']);
    const waiting = feed.next({ ...one, after: ofOne?.[1]?.id ?? '' }, AT_ONCE);
    expect((await waiting)?.map(({ cause }) => cause)).toEqual(['n3']);
    const later = feed.next({ ...one, after: ofOne?.[2]?.id ?? '' }, AT_ONCE);
    await addEvents(one.orderId, 1);
    expect((await later)?.map(({ cause }) => cause)).toEqual(['n1']);
  });

  it('says when nothing has happened, so that a heartbeat can go out', async () => {
    const { orderId } = await placeOrder(0);
    expect(await feed.next({ orderId, after: '0' }, { ...AT_ONCE, limitMs: 1 })).toEqual([]);
  });

  it('releases a reader that has disconnected unnoticed', async () => {
    const gone = new AbortController();
    const waiting = feed.next(await placeOrder(0), { ...AT_ONCE, signal: gone.signal });
    gone.abort();
    expect(await waiting).toBeUndefined();
  });

  it('continues when the database was away for a while', async () => {
    const pool = { query: () => Promise.reject(new Error('away')) };
    const troubled = new EventFeed(pool as never, createLogger('silent'));
    const place = await placeOrder(1);
    const waiting = troubled.next(place, AT_ONCE);
    pool.query = database.pool.query.bind(database.pool) as never;
    expect(await waiting).toHaveLength(1);
    await troubled.stop();
  });

  it('makes no more text than is read: a history of ten thousand events waits in the ledger', async () => {
    const place = await placeOrder(10_000);
    let looks = 0;
    const counting = {
      next: (...given: Parameters<EventFeed['next']>) => {
        looks += 1;
        return feed.next(...given);
      },
    } as EventFeed;
    const pull: Pull = { waitingSince: undefined };
    const gone = new AbortController();
    const stream = Readable.from(writeEvents(counting, place, gone.signal, pull), { objectMode: false });
    const reader = stream.iterator();
    let text = '';
    const readOne = async (): Promise<void> => {
      text += String((await reader.next()).value);
    };
    await readOne();
    await readOne();
    // The stream has backpressure: its text is ready, and no more is requested.
    while (pull.waitingSince === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(looks).toBeLessThan(6);
    while (!text.includes('"cause":"n10000"')) await readOne();
    expect(looks).toBeGreaterThanOrEqual(10_000 / EVENT_PAGE);
    expect(text.match(/^id: /gm)).toHaveLength(10_000);
    gone.abort();
  });
});
