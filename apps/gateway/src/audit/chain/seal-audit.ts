import type { Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import { runTransaction } from '../../storage/transaction.js';
import {
  CHAIN_BEGINNING,
  CHAINED_COLUMNS,
  digestOf,
  erasableFieldsOf,
  HEAD,
  hashOf,
  newSalt,
  type ChainedEntry,
  type ChainHead,
  type ErasableFields,
} from './link.js';

/** One process seals at a time; the key is our own. */
const LOCK = statement('lock-audit-chain')`select pg_try_advisory_xact_lock(6027034) as "isOurs"`;

const BATCH = 500;

/** An entry that an erasure holds is sealed in the next round. */
const UNSEALED = statement('unsealed-audit')`
select ${CHAINED_COLUMNS} from audit a where a.chain_position is null
 order by a.id limit ${BATCH} for no key update skip locked`;

interface Seal {
  readonly id: string;
  readonly head: ChainHead;
  readonly salts: ErasableFields;
  readonly digests: ErasableFields;
}

const SEALS = new ColumnArrays<Seal>({
  id: ['bigint', ({ id }) => id],
  position: ['bigint', ({ head }) => String(head.position)],
  salts: ['jsonb', ({ salts }) => JSON.stringify(salts)],
  digests: ['jsonb', ({ digests }) => JSON.stringify(digests)],
  hash: ['bytea', ({ head }) => Buffer.from(head.hash, 'hex')],
});

const SEAL = statement('seal-audit')`
update audit a
   set chain_position = s.position, field_salts = s.salts, field_digests = s.digests, chain_hash = s.hash
  from ${SEALS.rowsAs('s')} where a.id = s.id`;

/** What a round has sealed. */
export interface Sealed {
  readonly count: number;
  /** Whether more are waiting. */
  readonly isFull: boolean;
  /** The end of the chain now. */
  readonly head: ChainHead;
}

/**
 * Links the next entries to the chain, in the order of their ids; what was committed later comes later. Those who write
 * entries wait for none of this: the order is decided here, behind them.
 *
 * @returns undefined while another process is sealing
 */
export async function sealAudit(pool: Pool): Promise<Sealed | undefined> {
  return await runTransaction(pool, async (client) => {
    const { rows: locks } = await client.query<{ isOurs: boolean }>({ ...LOCK, values: [] });
    if (locks[0]?.isOurs !== true) return undefined;
    const { rows: entries } = await client.query<ChainedEntry>({ ...UNSEALED, values: [] });
    const { rows: heads } = await client.query<{ position: string; hash: string }>({ ...HEAD, values: [] });
    const [found] = heads;
    let head = found === undefined ? CHAIN_BEGINNING : { ...found, position: BigInt(found.position) };
    const seals: Seal[] = [];
    for (const entry of entries) {
      const seal = sealOf(entry, head);
      ({ head } = seal);
      seals.push(seal);
    }
    if (seals.length > 0) await client.query({ ...SEAL, values: SEALS.of(seals) });
    return { count: seals.length, isFull: seals.length === BATCH, head };
  });
}

function sealOf(entry: ChainedEntry, previous: ChainHead): Seal {
  const fields = Object.entries(erasableFieldsOf(entry));
  const salts = Object.fromEntries(fields.map(([field]) => [field, newSalt()]));
  const digests = Object.fromEntries(fields.map(([field, text]) => [field, digestOf(salts[field] ?? '', field, text)]));
  const position = previous.position + 1n;
  return { id: entry.id, head: { position, hash: hashOf(previous.hash, position, entry, digests) }, salts, digests };
}
