/**
 * Keys of producers and operators beside those of the settings. A key is kept as the SHA-256 of its secret, which is
 * random: nothing can be tried against it. Of one name only one key is current; one that was rotated still opens until it
 * expires.
 */
export const apiKeys = {
  id: '0031-api-keys',
  sql: `
create table api_keys (
  id             uuid primary key,
  audience       text not null check (audience in ('orders', 'admin')),
  name           text not null check (name ~ '^[^:,\\s]{1,64}$'),
  secret_digest  bytea not null unique check (length(secret_digest) = 32),
  scopes         text[] check ((audience = 'orders') = (scopes is not null)),
  role           text check ((audience = 'admin') = (role is not null) and role in ('viewer', 'operator', 'admin')),
  -- Networks that it may be used from; none: from everywhere.
  addresses      text[] not null default '{}',
  created_at     timestamptz not null default now(),
  created_by     text not null,
  expires_at     timestamptz,
  last_used_at   timestamptz,
  revoked_at     timestamptz,
  revoked_by     text,
  -- The key that was made in its place.
  successor_id   uuid references api_keys (id)
);
create unique index api_keys_current on api_keys (audience, name) where revoked_at is null and successor_id is null;
`,
};
