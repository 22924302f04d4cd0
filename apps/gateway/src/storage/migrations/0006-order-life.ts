/**
 * What an order's life after its confirmation needs: tickets, events that producers hear of, events that operators must
 * see, and the pace that every call to Тройка Бизнес keeps.
 */
export const orderLife = {
  id: '0006-order-life',
  sql: `
-- The tickets of an order, as the partner told of them last. position: their order in its answer.
create table order_tickets (
  order_id         uuid not null references orders (id) on delete cascade,
  order_tariff_id  text not null,
  position         integer not null,
  card_number      text,
  tariff_id        text,
  status           text not null check (status in ('pending', 'written', 'refund-initiated', 'refunded')),
  updated_at       timestamptz not null default now(),
  primary key (order_id, order_tariff_id)
);

-- A line of the history may tell of one ticket. type is the name under which producers hear of it; null: they do not.
alter table order_events
  add column ticket_id      text,
  add column ticket_status  text check (ticket_status in ('pending', 'written', 'refund-initiated', 'refunded')),
  add check ((ticket_id is null) = (ticket_status is null));
alter table order_events
  add column type text generated always as (
    case
      when ticket_status is not null then nullif('ticket.' || ticket_status, 'ticket.pending')
      when cause <> 'anonymised' and status in ('confirmed', 'rejected', 'unknown', 'failed', 'cancelled')
        then 'order.' || status
    end) stored;

-- What a person has to know of: the partner's fund runs low, a price has changed, a callback was disabled.
create table operator_events (
  id        bigint generated always as identity primary key,
  at        timestamptz not null default now(),
  kind      text not null,
  severity  text not null check (severity in ('info', 'warning', 'critical')),
  message   text not null,
  details   jsonb not null default '{}'
);

-- When the next call to the partner may leave. Unlogged: a pace is worth no write to the disk, and after a crash of
-- the database it begins anew.
create unlogged table partner_pace (
  only_row      boolean primary key default true check (only_row),
  next_call_at  timestamptz not null
);
`,
};
