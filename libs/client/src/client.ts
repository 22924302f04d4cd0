import { randomUUID } from 'node:crypto';
import { Transport, type CallOptions, type ClientOptions } from './transport.js';
import type {
  Attempt,
  BatchOutcome,
  NewBatchEntry,
  NewOrder,
  Order,
  OrderEvent,
  OrderFilter,
  PlacedOrder,
} from './types.js';
import { waitForOrder, type WaitOptions } from './wait-for-order.js';

export interface CreateOptions extends CallOptions {
  /** Yours, when you want to place the same order again after a crash of your own; made when it is left out. */
  readonly idempotencyKey?: string;
}

/**
 * The orders API of a gateway. Every call is repeated after a broken connection, a 429, 502, 503 or 504, with growing
 * pauses; that is safe because a call that changes something can be made twice without doing it twice: placing an order
 * by its idempotency key, which is chosen once for a call and all its repetitions, and cancelling by its nature.
 *
 * Each method throws ApiError when the gateway refuses, ConnectionError when no answer comes, and the reason of `signal`
 * when the caller gives up.
 */
export class VestibuleClient {
  private readonly transport: Transport;

  constructor(options: ClientOptions) {
    this.transport = new Transport(options);
  }

  /** Places an order; when this returns it is committed, and will be sent. */
  async createOrder(order: NewOrder, options: CreateOptions = {}): Promise<PlacedOrder> {
    const idempotencyKey = options.idempotencyKey ?? randomUUID();
    const { body, headers } = await this.transport.call<Order>(
      {
        method: 'POST',
        path: '/orders',
        body: order,
        headers: { 'idempotency-key': idempotencyKey },
        repeatable: true,
      },
      options,
    );
    return { order: body, replayed: headers.get('idempotency-replayed') === 'true', idempotencyKey };
  }

  /**
   * Places up to 1,000 orders, each as if it came alone.
   *
   * @returns one outcome per entry, in the order given, with the entry's key
   */
  async createBatch(
    entries: readonly NewBatchEntry[],
    options: CallOptions = {},
  ): Promise<(BatchOutcome & { idempotencyKey: string })[]> {
    const orders = entries.map((entry) => ({ ...entry, idempotencyKey: entry.idempotencyKey ?? randomUUID() }));
    const { body } = await this.transport.call<{ outcomes: BatchOutcome[] }>(
      { method: 'POST', path: '/orders/batch', body: { orders }, repeatable: true },
      options,
    );
    return body.outcomes.map((outcome, index) => ({ ...outcome, idempotencyKey: orders[index]?.idempotencyKey ?? '' }));
  }

  /** The order as it is now. */
  getOrder(id: string, options: CallOptions = {}): Promise<Order> {
    return this.get(`/orders/${encodeURIComponent(id)}`, options);
  }

  /** What was sent and answered, the first attempt first. */
  async listAttempts(id: string, options: CallOptions = {}): Promise<Attempt[]> {
    const path = `/orders/${encodeURIComponent(id)}/attempts`;
    return (await this.get<{ attempts: Attempt[] }>(path, options)).attempts;
  }

  /** The history of an order, oldest first. */
  async listEvents(id: string, options: CallOptions = {}): Promise<OrderEvent[]> {
    const path = `/orders/${encodeURIComponent(id)}/events`;
    return (await this.get<{ events: OrderEvent[] }>(path, options)).events;
  }

  /** Orders, newest first; further pages are fetched as you go. */
  async *listOrders(filter: OrderFilter = {}, options: CallOptions = {}): AsyncGenerator<Order, void, undefined> {
    let cursor: string | null = null;
    do {
      const query: string = writeQuery(filter, cursor);
      const page: { orders: Order[]; nextCursor: string | null } = await this.get(`/orders${query}`, options);
      yield* page.orders;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** Cancels an order. One that is cancelled already is answered the same. */
  async cancelOrder(id: string, options: CallOptions = {}): Promise<Order> {
    const path = `/orders/${encodeURIComponent(id)}/cancel`;
    return (await this.transport.call<Order>({ method: 'POST', path, repeatable: true }, options)).body;
  }

  /**
   * Waits until an order is final – or as far as `until` says – by its live stream, and without one by asking.
   *
   * @throws WaitTimeoutError when it takes longer than `timeoutMs`
   */
  waitForFinal(id: string, options: WaitOptions = {}): Promise<Order> {
    return waitForOrder(this.transport, id, (signal) => this.getOrder(id, { signal }), options);
  }

  private async get<T>(path: string, options: CallOptions): Promise<T> {
    return (await this.transport.call<T>({ method: 'GET', path, repeatable: true }, options)).body;
  }
}

function writeQuery({ status, reference, from, to, pageSize }: OrderFilter, cursor: string | null): string {
  const query = new URLSearchParams();
  const add = (name: string, value: string | number | Date | null | undefined): void => {
    if (value != null) query.set(name, value instanceof Date ? value.toISOString() : String(value));
  };
  add('status', status === undefined ? undefined : [status].flat().join(','));
  add('reference', reference);
  add('from', from);
  add('to', to);
  add('limit', pageSize);
  add('cursor', cursor);
  return query.size === 0 ? '' : `?${query.toString()}`;
}
