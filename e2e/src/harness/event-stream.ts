import { until } from './until.js';
import type { GatewayProcess } from './gateway-process.js';

export interface StreamedEvent {
  readonly id: string;
  readonly status: string;
  readonly cause: string;
  readonly type: string | null;
}

/** A live stream as a reader has it. */
export interface OpenedStream {
  readonly status: number;
  readonly headers: Headers;
  /** The events so far. */
  readonly text: () => string;
  readonly events: () => StreamedEvent[];
  /** Waits until so many events have come. */
  untilEvents(count: number): Promise<StreamedEvent[]>;
  /** Resolves when the other side has ended it. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** Opens the live history of an order. */
export async function openEventStream(
  gateway: Pick<GatewayProcess, 'internalUrl'>,
  orderId: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
): Promise<OpenedStream> {
  const abort = new AbortController();
  const response = await fetch(`${gateway.internalUrl}/orders/${orderId}/events${query}`, {
    headers: { authorization: 'Bearer test-orders-key', accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  });
  let text = '';
  const read = async (): Promise<void> => {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part;
  };
  const ended = read();
  // Who closes it does not wait for its end.
  ended.catch(() => undefined);
  const events = (): StreamedEvent[] =>
    [...text.matchAll(/^id: (\d+)\ndata: (.*)\n\n/gm)].map(([, id, data]) => {
      const event = JSON.parse(data ?? '') as StreamedEvent;
      if (event.id !== id) throw new Error(`the event ${event.id} came under the id ${id}`);
      return event;
    });
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    events,
    untilEvents: (count) =>
      until(`${count} events`, () => {
        const seen = events();
        return Promise.resolve(seen.length >= count ? seen : undefined);
      }),
    ended,
    close: async () => {
      abort.abort();
      await ended.catch(() => undefined);
    },
  };
}
