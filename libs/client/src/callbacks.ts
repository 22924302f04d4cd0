import { walkPages } from './pages.js';
import type { CallOptions, Transport } from './transport.js';
import type { Delivery, DeliveryFilter, DeliveryWithAttempts, TestResult } from './types.js';

/** A test waits for the receiver, for which the gateway has more patience than for most things. */
const TEST_TIMEOUT_MS = 30_000;

/** The callbacks sent for your orders. */
export class CallbacksClient {
  constructor(private readonly transport: Transport) {}

  /**
   * Sends an event of the type `test` to an address, once and now, and returns the outcome. It is not retried.
   *
   * @param url as the `callbackUrl` of an order
   * @throws ApiError 422 when orders may not name this address
   */
  async test(url: string, options: CallOptions = {}): Promise<TestResult> {
    const { body } = await this.transport.call<TestResult>(
      { method: 'POST', path: '/callbacks/test', body: { url }, repeatable: false },
      { timeoutMs: TEST_TIMEOUT_MS, ...options },
    );
    return body;
  }

  /** Deliveries, the newest event first; further pages are fetched as you go. */
  deliveries(
    { orderId, status, endpointId, pageSize }: DeliveryFilter = {},
    options: CallOptions = {},
  ): AsyncGenerator<Delivery, void, undefined> {
    const query = { orderId, status, endpoint: endpointId, limit: pageSize };
    return walkPages(this.transport, '/callbacks/deliveries', query, 'deliveries', options);
  }

  /** A delivery by its `webhook-id`, and every attempt, the first one first. */
  async delivery(id: string, options: CallOptions = {}): Promise<DeliveryWithAttempts> {
    const path = `/callbacks/deliveries/${encodeURIComponent(id)}`;
    return (await this.transport.call<DeliveryWithAttempts>({ method: 'GET', path, repeatable: true }, options)).body;
  }

  /**
   * Delivers the callback again, now and under the same `webhook-id`, for a receiver that was down or lost it.
   *
   * @throws ApiError 409 when its endpoint is disabled
   */
  async redeliver(id: string, options: CallOptions = {}): Promise<DeliveryWithAttempts> {
    const path = `/callbacks/deliveries/${encodeURIComponent(id)}/redeliver`;
    return (await this.transport.call<DeliveryWithAttempts>({ method: 'POST', path, repeatable: true }, options)).body;
  }
}
