/**
 * Which due order a slot is for. Orders of one call of `POST /orders/batch` are told from single ones; an order that let
 * another go before it is brought by that one's job (decision 44). And tracking has a share of the rate while orders wait:
 * `shared_until` is how far it has used it.
 */
export const fairOrder = {
  id: '0025-fair-order',
  sql: `
alter table orders add column is_batch boolean not null default false;
alter table orders add column job_id text;
create index orders_lanes on orders (is_batch, api_key_name, due_at) where status in ('accepted', 'retrying');
create index orders_job on orders (job_id) where job_id is not null;

alter table partner_pace add column shared_until timestamptz not null default '-infinity';
`,
};
