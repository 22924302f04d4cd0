/** When tickets were refunded: the reconciliation of the guarantee fund looks for them by their time. */
export const refundsInTime = {
  id: '0048-refunds-in-time',
  sql: `create index order_events_refunded on order_events (at) where ticket_status = 'refunded';`,
};
