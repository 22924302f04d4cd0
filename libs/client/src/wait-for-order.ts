import { ApiError, ConnectionError, WaitTimeoutError } from './errors.js';
import { pause, pauseMs, type RetryOptions } from './retry.js';
import { readServerSentEvents } from './server-sent-events.js';
import type { Transport } from './transport.js';
import type { Order, OrderStatus } from './types.js';

export interface WaitOptions {
  /** The awaited statuses; by default the final ones: `confirmed`, `rejected`, `failed` or `cancelled`. */
  readonly until?: (order: Order) => boolean;
  /** In milliseconds; by default a minute. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** While the stream cannot be had, the order is asked for: soon at first, then less and less often. */
const POLLING: RetryOptions = { attempts: Infinity, firstPauseMs: 250, longestPauseMs: 5_000 };
/** After so long without an event the order is read anyway. */
const SILENCE_MS = 30_000;

const FINAL: ReadonlySet<OrderStatus> = new Set(['confirmed', 'rejected', 'failed', 'cancelled']);

/** Whether an order is final. `unknown` is not: it waits for a decision. */
export function isFinal({ status }: Pick<Order, 'status'>): boolean {
  return FINAL.has(status);
}

/**
 * Waits until an order has an awaited status. The live stream reports events; the order is then read, so that the
 * returned order is current. While the stream is unavailable, the order is polled at growing intervals.
 *
 * @param look reads the order
 * @throws WaitTimeoutError, ApiError for a refusal such as 404, or the reason of the signal
 */
export async function waitForOrder(
  transport: Transport,
  id: string,
  look: (signal: AbortSignal) => Promise<Order>,
  { until = isFinal, timeoutMs = DEFAULT_TIMEOUT_MS, signal }: WaitOptions = {},
): Promise<Order> {
  const limit = AbortSignal.timeout(timeoutMs);
  const ended = new AbortController();
  const over = AbortSignal.any([limit, ended.signal, ...(signal === undefined ? [] : [signal])]);
  const events = new OrderEvents(transport, id, over);
  let order: Order | undefined;
  try {
    for (let failures = 0; ;) {
      try {
        order = await look(over);
        if (until(order)) return order;
        await events.next();
        failures = 0;
      } catch (error) {
        if (!isPassing(error)) throw error;
        failures += 1;
        await pause(pauseMs(failures, POLLING), over);
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) throw new WaitTimeoutError(timeoutMs, order);
    throw error;
  } finally {
    ended.abort();
  }
}

/** Refusals are answers; a gateway that cannot be reached, or has no room, may have some later. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof ConnectionError || (error instanceof ApiError && (error.status >= 500 || error.status === 429))
  );
}

/** The live stream of one order, opened when it is first needed and again where it broke off. */
class OrderEvents {
  private lastEventId: string | undefined;
  private stream: AsyncIterator<{ id: string }> | undefined;
  private pending: Promise<'event'> | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly id: string,
    private readonly over: AbortSignal,
  ) {}

  /**
   * Waits for the next event, with a limit, because a dead connection may not show it.
   *
   * @throws ConnectionError without a stream
   */
  async next(): Promise<void> {
    this.stream ??= await this.open();
    this.pending ??= this.read(this.stream);
    if ((await Promise.race([this.pending, pause(SILENCE_MS, this.over)])) === 'event') this.pending = undefined;
  }

  private read(stream: AsyncIterator<{ id: string }>): Promise<'event'> {
    const reading = stream.next().then(
      (result) => {
        if (result.done === true) throw this.lost('ended');
        this.lastEventId = result.value.id;
        return 'event' as const;
      },
      (cause: unknown) => {
        throw this.lost('broke off', cause);
      },
    );
    // No one listens any more when the wait is over first.
    reading.catch(() => undefined);
    return reading;
  }

  private lost(how: string, cause?: unknown): ConnectionError {
    this.stream = undefined;
    this.pending = undefined;
    return new ConnectionError(`the stream of events ${how}`, { cause });
  }

  private async open(): Promise<AsyncIterator<{ id: string }>> {
    const headers = {
      accept: 'text/event-stream',
      ...(this.lastEventId === undefined ? {} : { 'last-event-id': this.lastEventId }),
    };
    const { body } = await this.transport.open(`/orders/${encodeURIComponent(this.id)}/events`, headers, this.over);
    if (body === null) throw new ConnectionError('the stream of events is empty');
    return readServerSentEvents(body)[Symbol.asyncIterator]();
  }
}
