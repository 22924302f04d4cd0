/**
 * When tickets were refunded: the reconciliation of the guarantee fund looks for them by their time. Each step of each order is
 * in this table, so it is made beside the work.
 */
export const refundsInTime = {
  id: '0048-refunds-in-time',
  sql: 'select 1',
  steps: [{ index: 'order_events_refunded', on: `order_events (at) where ticket_status = 'refunded'` }],
  olderMayRun: true,
} as const;
