/**
 * How many orders wait for a person, and since when, is asked every few seconds by each open overview and by the metrics: it
 * comes from an index alone. Only an order that was not paid is ever in it. It has what `orders_unknown` had.
 */
export const waitingOrders = {
  id: '0044-waiting-orders',
  sql: 'drop index if exists orders_unknown',
  steps: [
    {
      index: 'orders_waiting',
      on: `orders (status, updated_at) where status in ('unknown', 'failed', 'rejected')`,
    },
  ],
  olderMayRun: true,
} as const;
