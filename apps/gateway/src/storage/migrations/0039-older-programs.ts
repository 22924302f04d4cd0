/** A release says of each of its migrations whether programs of an older release may run on the schema. */
export const olderPrograms = {
  id: '0039-older-programs',
  sql: `alter table schema_migrations add column older_may_run boolean not null default false`,
};
