/**
 * Callbacks to producers: an outbox that the ledger's own statements fill, and the addresses it empties into.
 *
 * The trigger is what makes a delivery part of the event it reports: whoever writes a line of an order's history, in
 * whatever statement, writes the delivery with it. Most lines are none that producers hear of, and end at its first
 * question. It asks for no lock and no address: `assignEndpoints` does that later, in transactions of its own, so that
 * the ledger never waits for callbacks.
 */
export const callbacks = {
  id: '0009-callbacks',
  sql: `
-- An address of a producer, from its first delivery on.
create table callback_endpoints (
  id               uuid primary key default gen_random_uuid(),
  api_key_name     text not null,
  url              text not null,
  state            text not null default 'enabled' check (state in ('enabled', 'disabled')),
  disabled_why     text check (disabled_why in ('gone', 'failing', 'by-producer')),
  disabled_at      timestamptz,
  -- In a row, up to now; failing_since is the first of them.
  failures         integer not null default 0,
  failing_since    timestamptz,
  last_success_at  timestamptz,
  last_failure_at  timestamptz,
  -- Until then nothing is sent to it: it asked for a pause, or keeps failing.
  not_before       timestamptz not null default '-infinity',
  -- When it has to be looked at next.
  due_at           timestamptz not null default 'infinity',
  created_at       timestamptz not null default now(),
  constraint callback_endpoints_address unique (api_key_name, url),
  check ((state = 'disabled') = (disabled_at is not null and disabled_why is not null))
);
create index callback_endpoints_due on callback_endpoints (due_at) where state = 'enabled';
create index callback_endpoints_listed on callback_endpoints (api_key_name, created_at, id);

-- One event on its way to one address. No foreign key to the order: what was reported outlives a purged one.
create table callback_deliveries (
  id              uuid primary key default gen_random_uuid(),
  -- Grows along the history of an order.
  event_id        bigint not null unique,
  order_id        uuid not null,
  api_key_name    text not null,
  url             text not null,
  endpoint_id     uuid references callback_endpoints (id),
  type            text not null,
  at              timestamptz not null,
  ticket_id       text,
  ticket_status   text,
  -- The order as it was then; the producer's own words apart from it, so that they can be forgotten.
  snapshot        jsonb not null,
  metadata        json,
  state           text not null default 'pending' check (state in ('pending', 'delivered', 'given-up')),
  -- Null while an earlier event of the order is not settled. While an attempt is under way: when its lease ends.
  due_at          timestamptz,
  claim_id        uuid,
  attempts        integer not null default 0,
  -- The attempts that do not count: the schedule began anew after them.
  free_attempts   integer not null default 0,
  -- Sent once more at the producer's wish: it keeps no place among the events of its order.
  is_redelivery   boolean not null default false,
  settled_at      timestamptz,
  created_at      timestamptz not null default now()
);
create index callback_deliveries_unassigned on callback_deliveries (event_id) where endpoint_id is null;
create index callback_deliveries_due on callback_deliveries (endpoint_id, due_at, event_id)
  where state = 'pending' and due_at is not null;
create index callback_deliveries_claimed on callback_deliveries (endpoint_id) where claim_id is not null;
create index callback_deliveries_endpoint on callback_deliveries (endpoint_id, event_id);
create index callback_deliveries_order on callback_deliveries (order_id, event_id);
create index callback_deliveries_listed on callback_deliveries (api_key_name, event_id);
create index callback_deliveries_pending on callback_deliveries (created_at) where state = 'pending';
create index callback_deliveries_created on callback_deliveries (created_at);

create table callback_attempts (
  delivery_id  uuid not null references callback_deliveries (id) on delete cascade,
  number       integer not null,
  started_at   timestamptz not null default now(),
  ended_at     timestamptz,
  outcome      text,
  http_status  integer,
  detail       text,
  duration_ms  integer,
  primary key (delivery_id, number)
);

create function queue_callbacks() returns trigger language plpgsql as $$
begin
  if exists (select from noted where type is not null) then
    insert into callback_deliveries (event_id, order_id, api_key_name, url, type, at, ticket_id, ticket_status,
        metadata, snapshot)
    select e.id, e.order_id, o.api_key_name, o.callback_url, e.type, e.at, e.ticket_id, e.ticket_status, o.metadata,
           jsonb_build_object('id', o.id, 'status', o.status, 'reference', o.reference,
             'troikaOrderId', o.troika_order_id, 'totalAmount', o.total_amount, 'resultCode', o.result_code,
             'resultMessage', o.result_message, 'attempts', o.attempts,
             'createdAt', o.created_at, 'updatedAt', o.updated_at,
             'tickets', (select coalesce(jsonb_agg(jsonb_build_object('orderTariffId', t.order_tariff_id,
                 'cardNumber', t.card_number, 'tariffId', t.tariff_id, 'status', t.status) order by t.position), '[]')
               from order_tickets t where t.order_id = o.id))
      from noted e join orders o on o.id = e.order_id
     -- Longer ones come from before such addresses were refused: no index would take them.
     where e.type is not null and octet_length(o.callback_url) <= 2048
     order by e.id;
  end if;
  return null;
end $$;
create trigger order_events_callbacks after insert on order_events
  referencing new table as noted for each statement execute function queue_callbacks();

-- Who an order was for is forgotten here as well, in the statement that forgets it there (ФЗ-152).
create function anonymise_callbacks() returns trigger language plpgsql as $$
begin
  update callback_deliveries d
     set metadata = null,
         snapshot = d.snapshot || jsonb_build_object('resultMessage', null, 'tickets',
           (select coalesce(jsonb_agg(ticket || jsonb_build_object('cardNumber',
                to_jsonb(mask_card_number(ticket ->> 'cardNumber'))) order by position), '[]')
              from jsonb_array_elements(d.snapshot -> 'tickets') with ordinality as t (ticket, position)))
   where d.order_id = new.id;
  return null;
end $$;
create trigger orders_anonymise_callbacks after update of anonymised_at on orders
  for each row when (old.anonymised_at is null and new.anonymised_at is not null)
  execute function anonymise_callbacks();
`,
};
