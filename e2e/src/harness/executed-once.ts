import { expect } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { untilStatus, type OrderView } from './api.js';
import type { GatewayProcess } from './gateway-process.js';
import { executedOrders } from './sandbox.js';

/** Waits until all orders are confirmed, and expects that the stand-in executed each exactly once and nothing else. */
export async function expectEachExecutedOnce(
  gateway: GatewayProcess,
  sandbox: Sandbox,
  orders: readonly OrderView[],
): Promise<void> {
  const confirmed = await Promise.all(orders.map(({ id }) => untilStatus(gateway, id, 'confirmed')));
  await expectExecuted(sandbox, confirmed);
}

/** Expects that the stand-in executed these orders, each once, and nothing else. */
export async function expectExecuted(sandbox: Sandbox, confirmed: readonly OrderView[]): Promise<void> {
  const executed = await executedOrders(sandbox);
  expect(executed).toHaveLength(confirmed.length);
  expect(new Set(executed.map(({ orderId }) => orderId))).toEqual(
    new Set(confirmed.map(({ troika }) => troika.orderId)),
  );
}
