/** The built-in card programme: members, their cards, and who allowed which channel, when and through which call. */
export const cardProgram = {
  id: '0002-card-program',
  sql: `
create table members (
  id          bigint generated always as identity primary key,
  msisdn      text unique,
  email       text,
  birth_date  date,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create unique index members_email on members (lower(email));
create index members_birth_date on members (birth_date);

create table cards (
  number        text primary key,
  member_id     bigint not null unique references members (id),
  state         text not null default 'active' check (state in ('active', 'inactive', 'blocked')),
  barcode       text not null,
  barcode_type  text not null check (barcode_type in ('EAN_8', 'EAN_13', 'CODE_128', 'UPC_A', 'QR_CODE')),
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);

create table channel_consents (
  card_number  text not null references cards (number),
  channel      text not null,
  allowed      boolean not null,
  updated_at   timestamptz not null default now(),
  primary key (card_number, channel)
);

-- Proof of consent (ФЗ-152): every change, never overwritten.
create table channel_consent_history (
  id           bigint generated always as identity primary key,
  card_number  text not null references cards (number),
  channel      text not null,
  allowed      boolean not null,
  at           timestamptz not null default now(),
  source       text not null
);
create index channel_consent_history_card on channel_consent_history (card_number, at);
`,
};
