/**
 * The trace that an order belongs to (W3C Trace Context), for whichever process works on it later, and the names that
 * the partner gave to its answers.
 */
export const traces = {
  id: '0030-traces',
  sql: `
alter table orders add column traceparent text;
alter table order_attempts add column partner_request_id text;
`,
};
