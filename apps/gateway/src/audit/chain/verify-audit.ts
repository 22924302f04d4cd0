import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import {
  CHAIN_BEGINNING,
  CHAINED_COLUMNS,
  digestOf,
  erasableFieldsOf,
  hashOf,
  type ChainedEntry,
  type ChainHead,
  type ErasableFields,
} from './link.js';

interface StoredLink extends ChainedEntry {
  readonly position: string;
  readonly salts: ErasableFields | null;
  readonly digests: ErasableFields;
  readonly hash: string;
}

const PAGE = 1_000;

const LINKS = statement('audit-chain-links')`
select a.chain_position::text as position, a.field_salts as salts, a.field_digests as digests,
       encode(a.chain_hash, 'hex') as hash, ${CHAINED_COLUMNS}
  from audit a where a.chain_position > $1 order by a.chain_position limit ${PAGE}`;

const UNSEALED = statement(
  'count-unsealed-audit',
)`select count(*)::int as count from audit where chain_position is null`;

/** What reading the whole chain has shown. */
export interface AuditVerdict {
  /** Entries in the chain. */
  readonly sealed: number;
  /** Entries that are not in the chain yet. */
  readonly unsealed: number;
  /** Entries out of which an erasure has taken something; the rest of them is verified. */
  readonly erased: number;
  /** Where the chain ends. */
  readonly head: ChainHead;
  /** What is wrong, a sentence each; none: every entry is as it was written, and none is missing. */
  readonly faults: readonly string[];
}

/**
 * Reads the chain of the audit from its beginning and computes every hash again.
 *
 * @param kept an earlier end of the chain, from the log or an earlier verification: it must still be in the chain. Without it,
 *   entries that were cut off at the end are not noticed.
 */
export async function verifyAudit(pool: Pool, kept?: ChainHead): Promise<AuditVerdict> {
  const faults: string[] = [];
  let head = CHAIN_BEGINNING;
  let [sealed, erased] = [0, 0];
  let keptHash: string | undefined;
  for (;;) {
    const { rows } = await pool.query<StoredLink>({ ...LINKS, values: [String(head.position)] });
    for (const link of rows) {
      const position = BigInt(link.position);
      faults.push(...faultsOfLink(link, head), ...faultsOfFields(link));
      if (isErased(link)) erased += 1;
      if (position === kept?.position) keptHash = link.hash;
      head = { position, hash: link.hash };
      sealed += 1;
    }
    if (rows.length < PAGE) break;
  }
  if (kept !== undefined && keptHash !== kept.hash) {
    faults.push(
      keptHash === undefined
        ? `The chain has no entry ${kept.position}, which was its end: it ends at ${head.position}.`
        : `Entry ${kept.position} has another hash than when it was the end of the chain: it was written again.`,
    );
  }
  const { rows: counts } = await pool.query<{ count: number }>({ ...UNSEALED, values: [] });
  return { sealed, unsealed: counts[0]?.count ?? 0, erased, head, faults };
}

function faultsOfLink(link: StoredLink, previous: ChainHead): string[] {
  const position = BigInt(link.position);
  const next = previous.position + 1n;
  if (position !== next) {
    const missing = next === position - 1n ? `${next} is` : `${next} to ${position - 1n} are`;
    return [`Entry ${missing} missing.`];
  }
  if (link.hash === hashOf(previous.hash, position, link, link.digests)) return [];
  return [`Entry ${position} (id ${link.id}) was changed: its hash is another one.`];
}

function faultsOfFields(link: StoredLink): string[] {
  const present = erasableFieldsOf(link);
  const { digests, salts } = link;
  return Object.entries(present)
    .filter(
      ([field, text]) => digests[field] === undefined || digests[field] !== digestOf(salts?.[field] ?? '', field, text),
    )
    .map(([field]) => `Entry ${link.position} (id ${link.id}) was changed: ${field} is not as it was written.`);
}

function isErased(link: StoredLink): boolean {
  const present = erasableFieldsOf(link);
  return Object.keys(link.digests).some((field) => present[field] === undefined);
}
