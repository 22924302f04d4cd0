import { randomUUID } from 'node:crypto';
import { CallbacksClient } from './callbacks.js';
import { CatalogClient } from './catalog.js';
import { walkPages } from './pages.js';
import { Transport, type CallOptions, type ClientOptions } from './transport.js';
import type {
  Account,
  Attempt,
  BatchOutcome,
  NewBatchEntry,
  NewOrder,
  Order,
  OrderEvent,
  OrderFilter,
  PlacedOrder,
  Ticket,
} from './types.js';
import { waitForOrder, type WaitOptions } from './wait-for-order.js';

export interface CreateOptions extends CallOptions {
  /** Choose it yourself to place the same order again after a crash of your process; generated if omitted. */
  readonly idempotencyKey?: string;
}

/**
 * The orders API of a gateway. Every call is repeated after a broken connection, a 429, 502, 503 or 504, with growing
 * pauses; that is safe because every changing call is idempotent: placing an order by its idempotency key, which is
 * chosen once for a call and all its repetitions, the others by nature.
 *
 * Each method throws ApiError when the gateway refuses, ConnectionError when no answer arrives, and the reason of
 * `signal` when the caller gives up.
 */
export class VestibuleClient {
  /** What Тройка Бизнес sells. */
  readonly catalog: CatalogClient;
  /** The callbacks sent for your orders. */
  readonly callbacks: CallbacksClient;
  private readonly transport: Transport;

  constructor(options: ClientOptions) {
    this.transport = new Transport(options);
    this.catalog = new CatalogClient(this.transport);
    this.callbacks = new CallbacksClient(this.transport);
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
   * Places up to 1,000 orders, each independently of the others.
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

  /** The send attempts and their answers, the first attempt first. */
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
  listOrders(
    { status, reference, from, to, pageSize }: OrderFilter = {},
    options: CallOptions = {},
  ): AsyncGenerator<Order, void, undefined> {
    const statuses = status === undefined ? undefined : [status].flat().join(',');
    const query = { status: statuses, reference, from, to, limit: pageSize };
    return walkPages(this.transport, '/orders', query, 'orders', options);
  }

  /**
   * Cancels an order: here before it is sent, and by Тройка Бизнес afterwards. Repeating it is harmless.
   *
   * @returns the order; it is not `cancelled` yet if Тройка Бизнес has accepted the cancellation but does not show it
   * @throws ApiError 409 when it cannot be cancelled; `problem.order` is the present order if Тройка Бизнес refused
   */
  cancelOrder(id: string, options: CallOptions = {}): Promise<Order> {
    return this.post(`/orders/${encodeURIComponent(id)}/cancel`, options);
  }

  /** Cancels one ticket of a confirmed order, as `cancelOrder` does a whole one. @returns the order */
  cancelTicket(id: string, orderTariffId: number | string, options: CallOptions = {}): Promise<Order> {
    return this.post(`${ticketPath(id, orderTariffId)}/cancel`, options);
  }

  /** A ticket as Тройка Бизнес reports it now; with `stale`, as the gateway knows it. */
  getTicket(id: string, orderTariffId: number | string, options: CallOptions = {}): Promise<Ticket> {
    return this.get(ticketPath(id, orderTariffId), options);
  }

  /** The guarantee fund, as it was read last. */
  account(options: CallOptions = {}): Promise<Account> {
    return this.get('/account', options);
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
  /** A call that may be made twice. */
  private async post<T>(path: string, options: CallOptions): Promise<T> {
    return (await this.transport.call<T>({ method: 'POST', path, repeatable: true }, options)).body;
  }
}

function ticketPath(id: string, orderTariffId: number | string): string {
  return `/orders/${encodeURIComponent(id)}/tickets/${encodeURIComponent(orderTariffId)}`;
}
