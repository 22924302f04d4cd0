import type { GatewayProcess } from './gateway-process.js';
import { unique } from './queues.js';
import { until } from './until.js';

/** The order of the vendor's own example, keys in its order. */
export const SEED_ORDER = {
  orderData: [{ cardNumber: '1234567890', currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' }],
  phone: '+71044826548',
} as const;

export interface TicketView {
  readonly orderTariffId: number;
  readonly cardNumber: string | null;
  readonly tariffId: number;
  readonly status: string;
}

export interface OrderView {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly createdAt: string;
  readonly tickets: readonly TicketView[];
  readonly troika: { orderId: number | null; totalAmount: number | null; resultCode: number | null };
}

export interface PostOptions {
  readonly key?: string;
  readonly body?: unknown;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Posts an order as a producer does: by default the seed's, under a new key. */
export function postOrder(gateway: GatewayProcess, options: PostOptions = {}): Promise<Response> {
  const {
    key = unique('key'),
    body = { order: SEED_ORDER },
    secret = 'test-orders-key',
    headers = {},
    signal,
  } = options;
  return fetch(`${gateway.internalUrl}/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'idempotency-key': key,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

export async function getOrder(gateway: GatewayProcess, id: string): Promise<OrderView> {
  const response = await fetch(`${gateway.internalUrl}/orders/${id}`, {
    headers: { authorization: 'Bearer test-orders-key' },
  });
  if (response.status !== 200) throw new Error(`GET /orders/${id} answered ${response.status}`);
  return (await response.json()) as OrderView;
}

/**
 * Waits until an order has a status, and gives the order.
 *
 * @throws Error with the status it has when the time is up
 */
export async function untilStatus(gateway: GatewayProcess, id: string, status: string): Promise<OrderView> {
  let last = 'not read yet';
  return await until(`order ${id} is ${status}`, async () => {
    const order = await getOrder(gateway, id);
    last = order.status;
    return order.status === status ? order : undefined;
  }).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; it is ${last}`, { cause: error });
  });
}
