import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WaitTimeoutError } from './errors.js';
import {
  cut,
  eventStream,
  json,
  never,
  problem,
  startGatewayStandIn,
  type Answer,
  type GatewayStandIn,
} from './testing/gateway-stand-in.js';

const event = (id: number): string => `id: ${id}\ndata: {"id":"${id}"}\n\n`;

describe('waiting for an order', () => {
  let gateway: GatewayStandIn;
  /** What the order is when it is asked for; the last one for good. */
  let states: string[];
  /** What the stream of events is answered; the last one for good. */
  let streams: Answer[];

  beforeEach(async () => {
    gateway = await startGatewayStandIn();
    gateway.answers = [
      (response, call) => {
        if (call.url.endsWith('/events')) (streams.length > 1 ? streams.shift() : streams[0])?.(response, call);
        else json(200, { id: 'a', status: states.length > 1 ? states.shift() : states[0] })(response, call);
      },
    ];
  });
  afterEach(() => gateway.stop());
  const streamCalls = () => gateway.calls.filter(({ url }) => url.endsWith('/events'));

  it('opens no stream when the order is final already', async () => {
    for (const status of ['confirmed', 'rejected', 'failed', 'cancelled']) {
      states = [status];
      expect((await gateway.client().waitForFinal('a')).status).toBe(status);
    }
    expect(streamCalls()).toEqual([]);
  });

  it('looks again with every event, and passes over comments', async () => {
    states = ['accepted', 'sending', 'unknown', 'confirmed'];
    streams = [eventStream(event(1), ': nothing new\n\n', event(2), 'id: 3\n', 'data: {}\n\n').answer];
    expect((await gateway.client().waitForFinal('a')).status).toBe('confirmed');
    expect(streamCalls()).toHaveLength(1);
    expect(streamCalls()[0]?.headers.accept).toBe('text/event-stream');
  });

  it('waits for what the caller says', async () => {
    states = ['confirmed', 'unknown'];
    streams = [eventStream(event(1)).answer];
    const order = await gateway.client().waitForFinal('a', { until: ({ status }) => status === 'unknown' });
    expect(order.status).toBe('unknown');
  });

  it('resumes after the last event when the stream has ended', async () => {
    states = ['accepted', 'sending', 'sending', 'confirmed'];
    const first = eventStream(event(17));
    streams = [
      (response, call) => {
        first.answer(response, call);
        first.end();
      },
      eventStream(event(18)).answer,
    ];
    await gateway.client().waitForFinal('a');
    expect(streamCalls().map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '17']);
  });

  it.each([
    ['has no room', problem(503)],
    ['is cut', cut],
    ['is unknown to an older gateway', problem(500)],
  ])('asks again and again where the stream %s', async (_, failure) => {
    states = ['accepted', 'sending', 'confirmed'];
    streams = [failure];
    expect((await gateway.client().waitForFinal('a')).status).toBe('confirmed');
  });

  it('ends with the last state when it takes too long, and leaves no stream open', async () => {
    states = ['unknown'];
    let closed: (() => void) | undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const open = eventStream(event(1));
    streams = [
      (response, call) => {
        response.on('close', () => closed?.());
        open.answer(response, call);
      },
    ];
    const error: unknown = await gateway
      .client()
      .waitForFinal('a', { timeoutMs: 300 })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect((error as WaitTimeoutError).order?.status).toBe('unknown');
    await isClosed;
  });

  it('ends in time also when the gateway does not answer at all', async () => {
    gateway.answers = [never];
    const given = gateway.client().waitForFinal('a', { timeoutMs: 100 });
    await expect(given).rejects.toMatchObject({ name: 'WaitTimeoutError', order: undefined });
  });

  it('ends when the caller gives up', async () => {
    states = ['sending'];
    streams = [eventStream(event(1)).answer];
    const abort = new AbortController();
    const given = gateway.client().waitForFinal('a', { signal: abort.signal });
    while (streamCalls().length === 0) await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
  });

  it('ends at once for an unknown order', async () => {
    gateway.answers = [problem(404)];
    await expect(gateway.client().waitForFinal('a')).rejects.toMatchObject({ name: 'ApiError', status: 404 });
    expect(gateway.calls).toHaveLength(1);
  });
});
