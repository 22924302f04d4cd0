/**
 * What is read from Тройка Бизнес on a schedule – its dictionaries and the guarantee fund –, and the hold that keeps
 * orders waiting while the fund is under its floor.
 */
export const catalog = {
  id: '0007-catalog',
  sql: `
-- What is read again and again, each by one process at a time: whoever holds the lease. failures: in a row.
create table partner_refreshes (
  name          text primary key,
  due_at        timestamptz not null default now(),
  done_at       timestamptz,
  failures      integer not null default 0,
  lease_id      uuid,
  leased_until  timestamptz
);
insert into partner_refreshes (name) values ('tariffs'), ('card-types'), ('regions'), ('account');

-- The dictionaries as they came last. entries: a list; amounts and ids are texts in it, digit for digit. version:
-- grows with every change, so that who has one in memory knows when to read it again.
create table dictionaries (
  name          text primary key references partner_refreshes (name),
  entries       json not null,
  version       bigint not null default 1,
  fetched_at    timestamptz not null,
  refresh_secs  integer not null
);

-- The guarantee fund over time. The partner looked at it somewhere between asked_at and read_at.
create table account_readings (
  id            bigint generated always as identity primary key,
  asked_at      timestamptz not null,
  read_at       timestamptz not null,
  name          text,
  fund          text not null,
  amount        text not null,
  currency_id   text,
  refresh_secs  integer not null
);
create index account_readings_read on account_readings (read_at);
-- Which attempts fell between two readings: one look in a while, so an index that costs an attempt nothing.
create index order_attempts_started on order_attempts using brin (started_at) with (autosummarize = on);

-- One row: whether orders wait because the guarantee fund is under its floor. amount_left and held follow from the
-- rest. spent: what confirmed orders have cost, counted up while there is a floor; spent_at_reading: how far it was
-- when the reading was asked for, so that an order is rather subtracted twice than not at all.
create table sending_hold (
  only_row          boolean primary key default true check (only_row),
  floor             numeric,
  reading_amount    numeric,
  spent             numeric not null default 0,
  spent_at_reading  numeric not null default 0,
  amount_left       numeric,
  held              boolean not null default false,
  held_since        timestamptz,
  low_since         timestamptz
);
insert into sending_hold default values;

-- Whichever statement changes the figures, the hold follows in it, and a person hears of it once.
create function judge_sending_hold() returns trigger language plpgsql as $$
begin
  new.amount_left := trim_scale(new.reading_amount - (new.spent - new.spent_at_reading));
  new.held := coalesce(new.amount_left < new.floor, false);
  if new.held = old.held then
    return new;
  end if;
  if new.held then
    new.held_since := now();
    insert into operator_events (kind, severity, message, details) values (
      'fund.floor-reached', 'critical',
      format('Sending waits: %s roubles or less are left of the guarantee fund, under the floor of %s '
          || '(TROIKA_FUND_FLOOR). No order is lost and none is refused. Fill the fund up: sending goes on by itself '
          || 'with the next reading of it.', new.amount_left, new.floor),
      jsonb_build_object('amountLeft', new.amount_left::text, 'floor', new.floor::text));
  else
    new.held_since := null;
    insert into operator_events (kind, severity, message, details) values (
      'fund.floor-cleared', 'info',
      'Sending goes on: the guarantee fund is not under its floor any more.',
      jsonb_build_object('amountLeft', new.amount_left::text, 'floor', new.floor::text,
                         'heldSince', old.held_since));
  end if;
  return new;
end $$;
create trigger sending_hold_judged before update on sending_hold
  for each row execute function judge_sending_hold();
`,
};
