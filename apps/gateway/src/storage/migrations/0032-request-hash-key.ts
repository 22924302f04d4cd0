/**
 * What a person leaves behind: the key of this installation that makes hashes of requests worthless without it, and the
 * entries of the audit about looks at orders.
 */
export const requestHashKey = {
  id: '0032-request-hash-key',
  sql: `
create table request_hash_key (
  one  boolean primary key default true check (one),
  key  bytea not null check (length(key) = 32)
);
-- Two random uuids have 244 random bits, from the operating system.
insert into request_hash_key (key)
values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

create index audit_order on audit (order_id, id) where order_id is not null;
create index audit_order_lists on audit (who, at) where action = 'orders.view';
`,
};
