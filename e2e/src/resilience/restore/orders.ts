import { postOrder } from '../../harness/api.js';
import type { GatewayProcess } from '../../harness/gateway-process.js';
import { unique } from '../../harness/queues.js';
import { executedOrders } from '../../harness/sandbox.js';
import { until } from '../../harness/until.js';
import type { RestoreEnvironment } from './environment.js';

/** An acknowledged order: it is on disk. */
export interface Posted {
  readonly id: string;
  readonly key: string;
  /** Matches the stand-in's executions with the ledger. */
  readonly cardNumber: string;
}

let cards = 0;

/** Posts orders, each for its own card, and expects that each is accepted. */
export async function postMany(api: GatewayProcess, count: number): Promise<Posted[]> {
  return await Promise.all(Array.from({ length: count }, () => postUntilTaken(api)));
}

/** Posts a new order again and again under its key until it is taken. */
export async function postUntilTaken(api: GatewayProcess): Promise<Posted> {
  cards += 1;
  return await postAgain(api, { cardNumber: String(cards).padStart(10, '0'), key: unique('restore') });
}

/** Posts an order under the key it had, until it is taken. */
export async function postAgain(api: GatewayProcess, { cardNumber, key }: Omit<Posted, 'id'>): Promise<Posted> {
  const line = { cardNumber, currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' };
  const body = { order: { orderData: [line], phone: '+71044826548' } };
  return await until(`the order of card ${cardNumber} is taken`, async () => {
    const response = await postOrder(api, { key, body }).catch(() => undefined);
    if (response?.status !== 202) return undefined;
    const { id } = (await response.json()) as { id: string };
    return { id, key, cardNumber };
  });
}

/** The executed orders: for each card the partner's ids of its orders. */
export async function executions({ sandbox }: Pick<RestoreEnvironment, 'sandbox'>): Promise<Map<string, string[]>> {
  const byCard = new Map<string, string[]>();
  for (const { orderId, rawBody } of await executedOrders(sandbox)) {
    const card = /"cardNumber":"(\d+)"/.exec(rawBody)?.[1] ?? 'none';
    byCard.set(card, [...(byCard.get(card) ?? []), String(orderId)]);
  }
  return byCard;
}

/** The cards with more than one executed order: each is lost money. */
export async function boughtTwice(environment: Pick<RestoreEnvironment, 'sandbox'>): Promise<string[]> {
  return [...(await executions(environment))].filter(([, ids]) => ids.length > 1).map(([card]) => card);
}

/** Waits until the stand-in has executed so many orders. */
export async function untilExecuted(environment: Pick<RestoreEnvironment, 'sandbox'>, count: number): Promise<void> {
  await until(`${count} orders are executed`, async () => {
    const executed = await executedOrders(environment.sandbox);
    return executed.length >= count ? true : undefined;
  });
}

export function idsOf(orders: readonly Posted[]): string[] {
  return orders.map(({ id }) => id);
}
