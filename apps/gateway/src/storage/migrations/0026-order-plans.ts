/** What a person decides about many orders at once: planned, run in the background, and kept with its outcome. */
export const orderPlans = {
  id: '0026-order-plans',
  sql: `
-- One decision about many orders: who wants what of which, what was found, and how far it has come.
create table order_plans (
  id            uuid primary key,
  created_at    timestamptz not null default now(),
  who           text not null,
  why           text,
  decision      jsonb not null,
  filter        jsonb not null,
  summary       jsonb not null,
  total         integer not null,
  state         text not null default 'planned' check (state in ('planned', 'running', 'stopped', 'done')),
  started_at    timestamptz,
  ended_at      timestamptz,
  -- The one who runs it gives a sign of life; without one, another may continue.
  heartbeat_at  timestamptz
);
create table order_plan_orders (
  plan_id   uuid not null references order_plans (id) on delete cascade,
  order_id  uuid not null,
  -- Null: not yet.
  outcome   text check (outcome in ('decided', 'skipped')),
  detail    text,
  primary key (plan_id, order_id)
);
create index order_plan_orders_open on order_plan_orders (plan_id, order_id) where outcome is null;
`,
};
