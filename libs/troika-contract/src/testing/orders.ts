/** The vendor's example order: an own card with a quantity and without a phone. */
export const EXAMPLE_ORDER_TEXT =
  '{"orderData":[{"cardNumber":"1234567890","currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],"phone":"+71044826548"}';

/** A fresh copy of the vendor's example order with some fields of the order and of its only line replaced. */
export function orderWith(
  order: Record<string, unknown>,
  line: Record<string, unknown> = {},
): Record<string, unknown> & { orderData: unknown } {
  const example = JSON.parse(EXAMPLE_ORDER_TEXT) as { orderData: Record<string, unknown>[]; phone: string };
  const merged = { ...example, orderData: [{ ...example.orderData[0], ...line }], ...order };
  return withoutUndefined(merged) as typeof merged;
}

/** A valid line for a new card. */
export const NEW_CARD_LINE = { type: 'newcard', cardTypeId: 3, tariffId: 2671, currencyId: 'RUB', quantity: 2 };

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
