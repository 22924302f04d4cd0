/**
 * What operators do to cards: the state a blocked card comes from, adjustments of a balance – one per idempotency key,
 * with the lots that it made or spent – and cards in the audit.
 */
export const cardAdministration = {
  id: '0010-card-administration',
  sql: `
alter table cards add column blocked_from text check (blocked_from in ('active', 'inactive'));
create index cards_newest on cards (created_at, number);

create table balance_adjustments (
  id                bigint generated always as identity primary key,
  key_name          text not null,
  idempotency_key   text not null,
  request_hash      bytea not null,
  card_number       text not null references cards (number),
  amount            numeric not null check (amount <> 0),
  description       text not null,
  total_before      numeric not null,
  available_before  numeric not null,
  total_after       numeric not null check (total_after >= 0),
  available_after   numeric not null check (available_after >= 0),
  at                timestamptz not null default now(),
  constraint balance_adjustments_once unique (key_name, idempotency_key)
);
create index balance_adjustments_card on balance_adjustments (card_number);
-- The lot that a credit made, or what a debit took from each: the amounts add up to the adjustment's.
create table balance_adjustment_lots (
  adjustment_id  bigint not null references balance_adjustments (id),
  lot_id         bigint not null references bonus_lots (id),
  amount         numeric not null check (amount <> 0),
  primary key (adjustment_id, lot_id)
);

alter table audit add column card_number text;
create index audit_card on audit (card_number, id) where card_number is not null;
`,
};
