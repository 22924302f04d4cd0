import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { call, type ProblemView } from '../harness/calls.js';
import { openEventStream, type OpenedStream, type StreamedEvent } from '../harness/event-stream.js';
import { placeOrder } from '../harness/place-order.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const MAX_STREAMS = 1_000;
const isOrderEnd = ({ type }: StreamedEvent): boolean => type === 'order.confirmed';

describe('the history of an order', () => {
  const { gateway, database, start } = withGateway({ sandbox: true });

  const post = async (): Promise<OrderView> => (await (await postOrder(gateway)).json()) as OrderView;
  const list = async (id: string): Promise<StreamedEvent[]> =>
    (await call<{ events: StreamedEvent[] }>(gateway, 'GET', `/orders/${id}/events`)).body.events;
  const addEvents = (id: string, count: number) =>
    database.pool.query(
      `insert into order_events (order_id, status, cause)
       select $1, 'confirmed', repeat('x', 400) from generate_series(1, $2)`,
      [id, count],
    );

  it('arrives live from acceptance to the end, with the same events as in the list', async () => {
    const { id } = await post();
    const stream = await openEventStream(gateway, id);
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const seen = await until('the confirmation', () => {
      const events = stream.events();
      return Promise.resolve(events.some(isOrderEnd) ? events : undefined);
    });
    expect(stream.text()).toMatch(/^retry: \d+\n\n/);
    expect(seen).toEqual((await list(id)).slice(0, seen.length));
    expect(seen[0]).toMatchObject({ status: 'accepted', type: null, ticketId: null, ticketStatus: null });
    await stream.close();
  });

  it('continues after the last event of a reader, given by header or query, and the header takes precedence', async () => {
    const id = await placeOrder(database, 'failed');
    await addEvents(id, 5);
    const all = (await list(id)).map((event) => event.id);
    const read = async (options: Parameters<typeof openEventStream>[2], count: number): Promise<string[]> => {
      const stream = await openEventStream(gateway, id, options);
      const events = await stream.untilEvents(count);
      await stream.close();
      return events.map((event) => event.id);
    };
    const [third = '', fourth = ''] = all.slice(2);
    expect(await read({}, 5)).toEqual(all);
    expect(await read({ headers: { 'last-event-id': third } }, 2)).toEqual(all.slice(3));
    expect(await read({ query: `?after=${third}` }, 2)).toEqual(all.slice(3));
    expect(await read({ query: `?after=${third}`, headers: { 'last-event-id': fourth } }, 1)).toEqual(all.slice(4));
    expect(await read({ headers: { 'last-event-id': '' } }, 5)).toEqual(all);
  });

  it('stays open when an order has ended, and sends later events', async () => {
    const { id } = await post();
    await untilStatus(gateway, id, 'confirmed');
    const stream = await openEventStream(gateway, id);
    const before = (await list(id)).length;
    await stream.untilEvents(before);
    await addEvents(id, 1);
    expect((await stream.untilEvents(before + 1)).at(-1)?.type).toBe('order.confirmed');
    await stream.close();
  });

  it.each([
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['text/event-stream', 'text/event-stream'],
    ['text/*', 'text/event-stream'],
    ['application/json;q=0.5, text/event-stream', 'text/event-stream'],
    ['text/event-stream;q=0.5, application/json', 'application/json'],
    ['text/event-stream;q=0, */*', 'application/json'],
    ['image/png', 'application/json'],
  ])('is given to Accept: %s as %s', async (accept, expected) => {
    const id = await placeOrder(database, 'failed');
    const stream = await openEventStream(gateway, id, { headers: { accept } });
    expect(stream.headers.get('content-type')?.split(';')[0]).toBe(expected);
    await stream.close();
  });

  it('refuses a stream without a key, for an unknown order, and after an unknown event', async () => {
    const id = await placeOrder(database, 'failed');
    const statusOf = async (...[order, options]: [string, Parameters<typeof openEventStream>[2]?]) => {
      const stream = await openEventStream(gateway, order, options);
      await stream.ended;
      expect(stream.headers.get('content-type')).toBe('application/problem+json');
      return [stream.status, (JSON.parse(stream.text()) as ProblemView).errors?.map(({ pointer }) => pointer)];
    };
    expect(await statusOf(id, { headers: { authorization: 'Bearer wrong' } })).toEqual([401, undefined]);
    expect(await statusOf(randomUUID())).toEqual([404, undefined]);
    expect(await statusOf('none')).toEqual([404, undefined]);
    expect(await statusOf(id, { headers: { 'last-event-id': 'x' } })).toEqual([400, undefined]);
    expect(await statusOf(id, { headers: { 'last-event-id': '9'.repeat(19) } })).toEqual([400, undefined]);
    expect(await statusOf(id, { query: '?after=-1' })).toEqual([422, ['/after']]);
    expect(await statusOf(id, { query: '?since=1' })).toEqual([422, ['/since']]);
  });

  it('accepts a bounded number of streams at once, refuses more, and accepts again when one has ended', async () => {
    const id = await placeOrder(database, 'failed');
    const streams = await Promise.all(Array.from({ length: MAX_STREAMS }, () => openEventStream(gateway, id)));
    try {
      expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
      const refused = await openEventStream(gateway, id);
      await refused.ended;
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      // One statement serves them all: each gets one more event.
      await addEvents(id, 1);
      await Promise.all(streams.map((stream) => stream.untilEvents(1)));
      await streams.pop()?.close();
      await until('there is room again', async () => {
        const stream = await openEventStream(gateway, id);
        if (stream.status !== 200) return undefined;
        streams.push(stream);
        return true;
      });
    } finally {
      await Promise.all(streams.map((stream) => stream.close()));
    }
  });

  it('does not keep a process from ending: streams end with it, also unread ones', async () => {
    const own = await start({ TROIKA_URL: '', ROLES: 'orders' });
    const id = await placeOrder(database, 'failed');
    await addEvents(id, 40_000);
    const quiet = await placeOrder(database, 'failed');
    const reading: OpenedStream = await openEventStream(own, quiet);
    const { hostname, port } = new URL(own.internalUrl);
    const stuck: Socket = connect({ host: hostname, port: Number(port) });
    stuck.on('error', () => stuck.destroy());
    stuck.write(
      `GET /orders/${id}/events HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer test-orders-key\r\nAccept: text/event-stream\r\n\r\n`,
    );
    await new Promise((resolve) => stuck.once('readable', resolve));
    expect(await own.stop()).toBe(0);
    await reading.ended;
    stuck.destroy();
  });

  it('ends with an idle connection that was opened in advance', async () => {
    const own = await start({ TROIKA_URL: '', ROLES: 'orders' });
    const { hostname, port } = new URL(own.internalUrl);
    const unused = connect({ host: hostname, port: Number(port) });
    const ended = new Promise((resolve) => unused.once('close', resolve));
    unused.on('error', () => undefined).resume();
    await new Promise((resolve) => unused.once('connect', resolve));
    // It answers, so it has accepted the earlier connection.
    await call(own, 'GET', '/orders');
    expect(await own.stop()).toBe(0);
    await ended;
  });
});
