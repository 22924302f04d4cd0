/**
 * Orders that a person places from a spreadsheet: which file has been placed by whom, and which order each of its lines has
 * become. Neither has anything of what was ordered. A person who may do nothing else has the role `office`.
 */
export const orderFiles = {
  id: '0040-order-files',
  sql: `
create table order_files (
  -- The name under which its orders are placed.
  owner        text not null,
  hash         text not null check (hash ~ '^[0-9a-f]{64}$'),
  lines        integer not null check (lines > 0),
  begun_at     timestamptz not null default now(),
  -- Null as long as a line may be missing: the file can be sent again.
  finished_at  timestamptz,
  primary key (owner, hash)
);
create table order_file_lines (
  owner     text not null,
  hash      text not null,
  line      integer not null,
  -- An order that was purged is not there any more.
  order_id  uuid not null,
  primary key (owner, hash, line),
  foreign key (owner, hash) references order_files
);
alter table api_keys
  drop constraint api_keys_check1,
  add constraint api_keys_role check (
    (audience = 'admin') = (role is not null) and role in ('office', 'viewer', 'operator', 'admin')
  );
`,
};
