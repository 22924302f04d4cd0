/** A key reads its own orders, the newest first: a page costs it the same beside a million orders of other keys. */
export const ordersOfAKey = {
  id: '0027-orders-of-a-key',
  sql: `create index orders_of_key on orders (api_key_name, created_at, id);`,
};
