/**
 * Which orders are looked after once they are paid, and when each is asked about next.
 *
 * A trigger makes the track, so that no way to `confirmed` – an answer, a late answer, a person's decision – can forget
 * it, and so that it is there exactly when the confirmation is.
 */
export const tracking = {
  id: '0008-tracking',
  sql: `
create table order_tracks (
  order_id       uuid primary key references orders (id) on delete cascade,
  -- When the order is asked about next; while that is under way, when whoever asks counts as lost.
  due_at         timestamptz not null,
  is_leased      boolean not null default false,
  -- How often it was asked about since a ticket last changed: the place in the schedule.
  step           integer not null default 0,
  -- How often in all; an answer to an earlier one than the last decides nothing about the track.
  polls          integer not null default 0,
  -- From here the deadline counts.
  since          timestamptz not null default now(),
  -- Since when the partner has told nothing usable of the order.
  refused_since  timestamptz,
  -- When operators were told that it ended at its deadline, or is refused.
  reported_at    timestamptz,
  -- 'complete': every ticket is written or refunded.
  ended          text check (ended in ('complete', 'deadline'))
);
create index order_tracks_due on order_tracks (due_at) where ended is null;
create index order_tracks_to_report on order_tracks (order_id)
  where reported_at is null and (ended = 'deadline' or refused_since is not null);

-- Whoever confirms an order says in its due_at when it is to be looked at first.
create function orders_start_track() returns trigger language plpgsql as $$
begin
  insert into order_tracks (order_id, due_at) values (new.id, greatest(new.due_at, now())) on conflict do nothing;
  return null;
end $$;
create trigger orders_track after update of status on orders
  for each row when (new.status = 'confirmed' and old.status <> 'confirmed' and new.troika_order_id is not null)
  execute function orders_start_track();

-- Money that is on its way back is to be watched, whoever has sent it: somebody who cancels, or the partner by itself. A
-- track that had ended goes on. Whoever is just asking about the order decides when it is asked about next.
create function order_tickets_hasten_track() returns trigger language plpgsql as $$
begin
  update order_tracks
     set step = 0, due_at = case when is_leased then due_at else least(due_at, now()) end,
         since = case when ended is null then since else now() end, ended = null, reported_at = null
   where order_id = new.order_id;
  return null;
end $$;
create trigger order_tickets_track after insert or update of status on order_tickets
  for each row when (new.status = 'refund-initiated') execute function order_tickets_hasten_track();

-- Orders that were confirmed before: spread over as long as they are old, a day at most, and those older than a day
-- asked about as rarely as the schedule knows.
insert into order_tracks (order_id, due_at, step)
select id, now() + random() * least(now() - updated_at, interval '1 day'),
       case when updated_at < now() - interval '1 day' then 1000 else 0 end
  from orders where status = 'confirmed' and troika_order_id is not null;

-- Until when nobody asks about any order: the partner wants a pause, or cannot be reached. One row.
create table tracking_pause (
  only_row  boolean primary key default true check (only_row),
  until     timestamptz not null default '-infinity'
);
insert into tracking_pause default values;
`,
};
