import { createHash, randomBytes } from 'node:crypto';
import { statement } from '../../storage/statement.js';

/** What can be taken out of an entry by an erasure: `why`, and each detail as `details.NAME`. In the words of PostgreSQL. */
export type ErasableFields = Readonly<Record<string, string>>;

/** An entry of the audit as the chain covers it; every value as text, so that one text is hashed everywhere. */
export interface ChainedEntry {
  readonly id: string;
  /** UTC, to the microsecond. */
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly orderId: string | null;
  readonly cardNumber: string | null;
  readonly why: string | null;
  readonly details: ErasableFields | null;
}

/** The columns of a {@link ChainedEntry}. A detail is text as `jsonb` has it, which is the same for the same value. */
export const CHAINED_COLUMNS = `
a.id::text as id, to_char(a.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.who, a.action,
       a.order_id::text as "orderId", a.card_number as "cardNumber", a.why,
       (select jsonb_object_agg(d.key, d.value::text) from jsonb_each(a.details) d) as details`;

/** The end of the chain: what the next entry is linked to. */
export interface ChainHead {
  /** The entries have 1, 2, 3 and so on. */
  readonly position: bigint;
  /** Hexadecimal. */
  readonly hash: string;
}

/** Before the first entry. */
export const CHAIN_BEGINNING: ChainHead = { position: 0n, hash: '0'.repeat(64) };

export const HEAD = statement('audit-chain-head')`
select chain_position::text as position, encode(chain_hash, 'hex') as hash
  from audit where chain_position is not null order by chain_position desc limit 1`;

const SALT_BYTES = 16;

export function newSalt(): string {
  return randomBytes(SALT_BYTES).toString('hex');
}

export function erasableFieldsOf({ why, details }: Pick<ChainedEntry, 'why' | 'details'>): ErasableFields {
  const named = Object.entries(details ?? {}).map(([name, text]) => [`details.${name}`, text] as const);
  return Object.fromEntries([...(why === null ? [] : [['why', why] as const]), ...named]);
}

/** The digest of an erasable field. Without its salt nothing can be tried against it. */
export function digestOf(salt: string, field: string, text: string): string {
  return sha256([salt, field, text]);
}

/**
 * The hash of an entry: over the hash before it, its position, itself, and the digests of what may be erased in place of
 * that, so that it stays the same after an erasure.
 */
export function hashOf(
  previous: string,
  position: bigint,
  { id, at, who, action, orderId, cardNumber }: Omit<ChainedEntry, 'why' | 'details'>,
  digests: ErasableFields,
): string {
  const fields = Object.entries(digests).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sha256([previous, String(position), id, at, who, action, orderId, cardNumber, fields]);
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
