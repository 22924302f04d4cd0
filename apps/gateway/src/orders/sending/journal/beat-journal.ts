import type { Pool } from 'pg';
import type { AuditAction } from '../../../audit/action.js';
import { ColumnArrays } from '../../../storage/column-arrays.js';
import { statement, type Statement } from '../../../storage/statement.js';
import { IDENTITY_SINCE } from '../guard/sending-state.js';
import type { JournalPlace } from './journal-writer.js';

export interface Beat {
  readonly journal: string;
  readonly host: string;
  /** Its number. */
  readonly beat: number;
  /** The number that the ledger is to remember; undefined for the first one. */
  readonly expected: number | undefined;
  /** Up to where every attempt is settled. */
  readonly place: JournalPlace;
  readonly lastAttemptAt: Date | null;
  /** The attempts that were settled since the last beat: they must be there, or the mark stays where it is. */
  readonly settled: readonly { readonly orderId: string; readonly attempt: number }[];
}

/** The position of PostgreSQL; null if it is not revealed. */
export interface LedgerPosition {
  readonly systemId: string | null;
  readonly timeline: number | null;
  readonly lsn: string | null;
}

/**
 * `taken`: the mark is at the beat's position, which is on disk. `behind`: the ledger remembers an earlier beat, or
 * lacks an attempt that it had confirmed to have.
 */
export type BeatOutcome =
  | { readonly kind: 'taken'; readonly position: LedgerPosition; readonly identitySince: string }
  | { readonly kind: 'behind'; readonly why: string };

/** What a managed PostgreSQL may not reveal. */
const POSITION = `
  (select system_identifier::text from pg_control_system()) as "systemId",
  ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint::float8 as timeline,
  pg_current_wal_insert_lsn()::text as lsn`;
const NO_POSITION = 'null::text as "systemId", null::float8 as timeline, null::text as lsn';

/** A statement with the position of PostgreSQL, and one for servers that do not reveal it. */
export type Positioned = readonly [withPosition: Statement, without: Statement];

/** @param make a statement of this name that gives these columns */
export function positioned(name: string, make: (name: string, position: string) => Statement): Positioned {
  return [make(`${name}position`, POSITION), make(`${name}no-position`, NO_POSITION)];
}

const PURGE: AuditAction = 'orders.purge';

const SETTLED = new ColumnArrays<Beat['settled'][number]>(
  { id: ['uuid', ({ orderId }) => orderId], number: ['integer', ({ attempt }) => attempt] },
  9,
);

/**
 * The position is read inside the statement, before its commit: the commit reaches the disk only after everything
 * before it, so no crash can put the ledger behind it. An order that was purged since was never executed. An existing
 * beat means that its answer was lost.
 */
const BEAT = positioned(
  'beat-journal-',
  (name, position) => statement(name)`
with absent as materialized (
  select w.id from ${SETTLED.rowsAs('w')}
    left join order_attempts a on a.order_id = w.id and a.number = w.number
   where a.order_id is null
), lacking as (
  select id from absent
   where not exists (select from audit p where p.action = '${PURGE}' and p.details -> 'orders' ? absent.id::text)
   limit 1
), fresh as (
  insert into send_journals (journal, host, beat, seq, segment, bytes, last_attempt_at)
  select $1::uuid, $2, $3::integer, $5, $6, $7, $8::timestamptz
   where $4::integer is null and not exists (select from lacking)
  on conflict (journal) do update set beat_at = now() where send_journals.beat = excluded.beat
  returning beat
), moved as (
  update send_journals
     set beat = $3::integer, beat_at = now(), seq = $5, segment = $6, bytes = $7, last_attempt_at = $8::timestamptz
   where journal = $1::uuid and beat in ($4::integer, $3::integer) and $4::integer is not null
     and not exists (select from lacking)
  returning beat
)
select exists (select from fresh union all select from moved) as taken, (select id from lacking) as lacking,
       (select ${IDENTITY_SINCE} from sending_guard g) as "identitySince", ${position}`,
);

type BeatRow = LedgerPosition & {
  readonly taken: boolean;
  readonly lacking: string | null;
  readonly identitySince: string;
};

/** SQLSTATEs with which a server refuses to reveal its position: no privilege, no such function, not supported. */
const NOT_REVEALED = new Set(['42501', '42883', '0A000']);

/**
 * Writes a sign of life of a journal into the ledger, moves its mark, and finds out whether the ledger still has what it
 * had. Nothing is changed when it has not.
 */
export async function beatJournal(pool: Pool, beat: Beat): Promise<BeatOutcome> {
  const row = await askPosition(BEAT, (asked) => query(pool, beat, asked));
  if (row.lacking !== null) return { kind: 'behind', why: `the ledger has lost an attempt of order ${row.lacking}` };
  if (!row.taken) return { kind: 'behind', why: 'the ledger does not remember the last sign of life of this process' };
  const { systemId, timeline, lsn, identitySince } = row;
  return { kind: 'taken', position: { systemId, timeline, lsn }, identitySince };
}

/** Asks with the position of PostgreSQL, or without it if the server refuses. */
export async function askPosition<T>(
  [withPosition, without]: Positioned,
  ask: (asked: Statement) => Promise<T>,
): Promise<T> {
  try {
    return await ask(withPosition);
  } catch (error) {
    if (!NOT_REVEALED.has(String((error as { code?: unknown }).code))) throw error;
    return await ask(without);
  }
}

async function query(pool: Pool, beat: Beat, asked: Statement): Promise<BeatRow> {
  const { place, settled } = beat;
  const { rows } = await pool.query<BeatRow>({
    ...asked,
    values: [
      beat.journal,
      beat.host,
      beat.beat,
      beat.expected ?? null,
      place.seq,
      place.segment,
      place.bytes,
      beat.lastAttemptAt,
      ...SETTLED.of(settled),
    ],
  });
  return rows[0] as BeatRow;
}
