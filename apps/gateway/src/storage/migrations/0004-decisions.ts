/**
 * What operators decide and who decided it, lists of orders, and forgetting personal data.
 *
 * `anonymise_order_body` keeps what the accounts need – lines, tariffs, amounts – and drops what tells who it was for
 * (ФЗ-152): phones, names, e-mail and the tax number, which may be a person's. Of a card number, which leads to its
 * holder together with the operator's records, at most the last four digits stay, to recognise it in a dispute.
 */
export const decisions = {
  id: '0004-decisions',
  sql: `
-- A resultCode is any whole number: one beyond 32 bits must not keep an answer out of the ledger.
alter table orders
  alter column result_code type bigint,
  add column phones text[] not null default '{}',
  -- Attempts that do not count against the retry schedule: when a person sends an order anew, all before that.
  add column if not exists free_attempts integer not null default 0,
  add column erase_requested boolean not null default false,
  add column anonymised_at timestamptz;
alter table order_attempts
  alter column result_code type bigint,
  add column if not exists answer text;

update orders set phones = array(
  select distinct phone
    from (select body ->> 'phone' as phone
          union all
          select line ->> 'phone'
            from json_array_elements(
              case json_typeof(body -> 'orderData') when 'array' then body -> 'orderData' else '[]' end) line) found
   where phone is not null);

create index orders_created on orders (created_at, id);
create index orders_reference on orders (reference, created_at, id) where reference is not null;
-- The piles that wait for a person; an order on its usual way never touches this index.
create index orders_piles on orders (status, created_at, id)
  where status in ('unknown', 'failed', 'rejected', 'cancelled');
create index orders_troika_id on orders (troika_order_id) where troika_order_id is not null;
create index orders_phones on orders using gin (phones) with (gin_pending_list_limit = 256);
create index orders_retention on orders (updated_at)
  where anonymised_at is null and status in ('confirmed', 'rejected', 'failed', 'cancelled');
create index orders_to_erase on orders (id) where erase_requested and anonymised_at is null;

create function mask_card_number(number text) returns text language sql immutable as $$
  select repeat('*', length(number) - shown) || right(number, shown)
    from (select least(4, greatest(length(number) - 4, 0)) as shown) of
$$;

create function anonymise_line(line json) returns json language sql immutable as $$
  select case when json_typeof(line) <> 'object' then line else (
    select coalesce(json_object_agg(field.key, case field.key
             when 'cardNumber' then to_json(mask_card_number(field.value #>> '{}'))
             else field.value end order by field.position), '{}')
      from json_each(line) with ordinality as field (key, value, position)
     where field.key not in ('phone', 'email', 'name')) end
$$;

create function anonymise_order_body(body json) returns json language sql immutable as $$
  select coalesce(json_object_agg(field.key, case
           when field.key = 'orderData' and json_typeof(field.value) = 'array' then (
             select coalesce(json_agg(anonymise_line(line.value) order by line.position), '[]')
               from json_array_elements(field.value) with ordinality as line (value, position))
           else field.value end order by field.position), '{}')
    from json_each(body) with ordinality as field (key, value, position)
   where field.key not in ('phone', 'email', 'name', 'firstname', 'surname', 'vatNumber')
$$;

-- Who decided what, when and why. No foreign key: the entry outlives a purged order.
create table audit (
  id        bigint generated always as identity primary key,
  at        timestamptz not null default now(),
  who       text not null,
  action    text not null,
  order_id  uuid,
  why       text,
  details   jsonb not null default '{}'
);
`,
};
