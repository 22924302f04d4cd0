/**
 * The chain of the audit: each entry gets a position without gaps and a hash over itself and over the hash before it. Why
 * and each detail are hashed on their own, with a salt that an erasure takes out with them.
 */
export const auditChain = {
  id: '0034-audit-chain',
  sql: `
alter table audit
  add column chain_position bigint check (chain_position > 0),
  add column field_salts    jsonb,
  add column field_digests  jsonb,
  add column chain_hash     bytea check (length(chain_hash) = 32),
  add constraint audit_sealed_whole check (num_nulls(chain_position, field_digests, chain_hash) in (0, 3));
create unique index audit_chain on audit (chain_position) where chain_position is not null;
create index audit_unsealed on audit (id) where chain_position is null;
`,
};
