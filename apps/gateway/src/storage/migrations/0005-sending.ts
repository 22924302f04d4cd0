/**
 * What sending needs beyond the ledger: which claim an order is held by, which attempts do not count against the retry
 * schedule, what was answered, and the breaker that all workers share.
 */
export const sending = {
  id: '0005-sending',
  sql: `
-- Who asks again whether its claim was taken, because the answer was lost, says which claim it means.
alter table orders add column claim_id uuid;
-- Attempts that found the partner out of reach: they do not count against the retry schedule.
alter table orders add column if not exists free_attempts integer not null default 0;
create index orders_unknown on orders (updated_at) where status = 'unknown';

-- The beginning of what came back, personal data masked.
alter table order_attempts add column if not exists answer text;

-- One row. Open while open_until is set; from that moment on one order at a time is sent to probe the partner;
-- while that one is under way, open_until is the end of its time.
create table partner_breaker (
  only_row    boolean primary key default true check (only_row),
  failures    integer not null default 0,
  openings    integer not null default 0,
  open_until  timestamptz,
  probing     boolean not null default false,
  changed_at  timestamptz not null default now()
);
insert into partner_breaker default values;
`,
};
