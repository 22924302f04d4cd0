/**
 * What the thirteen methods need beyond members and cards. The promises that must hold whatever the code does are
 * constraints here: one card per member and one owner per phone and e-mail (0002), one state per card number, one
 * credit per receipt, one redemption per turn of a promo code.
 *
 * Numbers of bonuses are `numeric`: the contract names neither their unit nor their decimals. Sums are kopecks.
 */
export const loyalty = {
  id: '0003-loyalty',
  sql: `
alter table members
  add column first_name    text,
  add column patronymic    text,
  add column surname       text,
  add column sex           text check (sex in ('m', 'f')),
  add column country_code  text,
  add column locality      text;

-- Every number that was ever pooled or generated. Free: not issued, and not reserved any more.
-- kind: 'pool' imported, to be handed out by us; 'generated' made by us; 'agreed' a pool that Кошелёк keeps and hands
-- out on its side.
create table card_numbers (
  number          text primary key,
  id              bigint generated always as identity,
  kind            text not null check (kind in ('pool', 'generated', 'agreed')),
  barcode         text not null,
  barcode_type    text not null check (barcode_type in ('EAN_8', 'EAN_13', 'CODE_128', 'UPC_A', 'QR_CODE')),
  reserved_until  timestamptz not null default '-infinity',
  issued_at       timestamptz,
  created_at      timestamptz not null default now()
);
-- In the order they are handed out: never reserved first, then the one whose reservation lapsed longest ago.
create index card_numbers_free on card_numbers (reserved_until, id) where issued_at is null and kind <> 'agreed';
create sequence card_number_serial;

create table bonus_lots (
  id              bigint generated always as identity primary key,
  card_number     text not null references cards (number),
  description     text not null,
  amount          numeric not null check (amount > 0),
  spent           numeric not null default 0 check (spent between 0 and amount),
  available_from  date,
  valid_until     date,
  source          text not null,
  external_id     text,
  created_at      timestamptz not null default now(),
  constraint bonus_lots_external unique (source, external_id)
);
create index bonus_lots_card on bonus_lots (card_number);

create table purchases (
  id           bigint generated always as identity primary key,
  card_number  text not null references cards (number),
  bought_at    timestamp not null,
  item         text,
  amount       bigint not null,
  quantity     numeric,
  location     text,
  bonuses      numeric,
  external_id  text unique
);
create index purchases_card on purchases (card_number, bought_at);

create table offers (
  id           text primary key,
  title        text not null,
  description  text,
  image_url    text,
  url          text,
  starts_on    date,
  ends_on      date,
  for_all      boolean not null default true,
  check (starts_on <= ends_on)
);
-- Whose an offer is that is not for all.
create table offer_cards (
  card_number  text not null references cards (number),
  offer_id     text not null references offers (id) on delete cascade,
  primary key (card_number, offer_id)
);

create table promo_codes (
  id                bigint generated always as identity primary key,
  code              text not null,
  description       text not null,
  bonus             numeric not null check (bonus > 0),
  bonus_days        integer check (bonus_days > 0),
  starts_at         timestamptz,
  ends_at           timestamptz,
  max_uses          integer check (max_uses > 0),
  max_uses_by_card  integer not null default 1 check (max_uses_by_card > 0),
  uses              integer not null default 0,
  check (starts_at < ends_at),
  check (max_uses is null or uses <= max_uses)
);
create unique index promo_codes_code on promo_codes (upper(code));
create table promo_redemptions (
  promo_code_id  bigint not null references promo_codes (id),
  card_number    text not null references cards (number),
  turn           integer not null,
  lot_id         bigint not null references bonus_lots (id),
  raw            json not null,
  at             timestamptz not null default now(),
  primary key (promo_code_id, card_number, turn)
);

-- What a receipt earns: a percentage of its sum and a fixed number, from a minimum sum on, in a period of its own time.
create table receipt_rules (
  id            bigint generated always as identity primary key,
  description   text not null,
  percent       numeric not null default 0 check (percent between 0 and 100),
  fixed         numeric not null default 0 check (fixed >= 0),
  minimum_sum   bigint not null default 0 check (minimum_sum >= 0),
  bonus_days    integer check (bonus_days > 0),
  starts_at     timestamp,
  ends_at       timestamp,
  check (starts_at < ends_at),
  check (percent > 0 or fixed > 0)
);
create table receipts (
  id            bigint generated always as identity primary key,
  card_number   text not null references cards (number),
  fiscal_drive  text not null,
  document      text not null,
  fiscal_sign   text not null,
  printed_at    timestamp not null,
  sum           bigint not null,
  raw           json not null,
  at            timestamptz not null default now(),
  constraint receipts_once unique (fiscal_drive, document, fiscal_sign)
);
create index receipts_card on receipts (card_number);
-- Each rule credits a receipt once.
create table receipt_credits (
  receipt_id  bigint not null references receipts (id),
  rule_id     bigint not null references receipt_rules (id),
  lot_id      bigint not null references bonus_lots (id),
  primary key (receipt_id, rule_id)
);

create table special_phones (
  phone   text primary key check (phone ~ '^[1-9][0-9]{6,14}$'),
  added_at  timestamptz not null default now()
);
create table special_phone_params (
  phone     text not null references special_phones (phone) on delete cascade,
  position  integer not null,
  name      text not null,
  value     text not null,
  primary key (phone, position)
);
`,
};
