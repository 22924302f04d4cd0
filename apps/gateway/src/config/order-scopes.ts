/** What a producer's key may do with orders. The names are those of `ORDERS_API_KEY_SCOPES`. */
export const ORDER_SCOPES = ['orders:write', 'orders:read', 'orders:read-all', 'orders:cancel'] as const;
export type OrderScope = (typeof ORDER_SCOPES)[number];

/** A key places orders, and reads and cancels those it has placed, unless its scopes are named. */
export const DEFAULT_SCOPES: ReadonlySet<OrderScope> = new Set(['orders:write', 'orders:read', 'orders:cancel']);

/** Whether a key with these scopes may make a call that needs one of them. */
export function permits(scopes: ReadonlySet<OrderScope>, needed: OrderScope): boolean {
  return scopes.has(needed) || (needed === 'orders:read' && scopes.has('orders:read-all'));
}
