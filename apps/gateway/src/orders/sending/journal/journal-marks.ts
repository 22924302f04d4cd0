import type { Pool } from 'pg';
import type { JournalPlace } from './journal-writer.js';
import { statement } from '../../../storage/statement.js';

/** What the ledger remembers of a journal. */
export interface JournalMark extends JournalPlace {
  readonly journal: string;
  readonly beat: number;
  /** It has given a sign of life within the last half minute, by the database's clock. */
  readonly isFresh: boolean;
  readonly lastAttemptAt: Date | null;
}

const FIND = statement('find-journal-marks')`
select journal, beat, seq::float8 as seq, segment::float8 as segment, bytes::float8 as bytes,
       beat_at > now() - interval '30 seconds' as "isFresh", last_attempt_at as "lastAttemptAt"
  from send_journals`;

/** @returns every journal that the ledger remembers, by its id */
export async function findMarks(pool: Pool): Promise<Map<string, JournalMark>> {
  const { rows } = await pool.query<JournalMark>(FIND);
  return new Map(rows.map((row) => [row.journal, row]));
}

const MOVE = statement('move-journal-mark')`
insert into send_journals (journal, beat, beat_at, seq, segment, bytes, last_attempt_at)
values ($1::uuid, $2, '-infinity', $3, $4, $5, $6)
on conflict (journal) do update
   set beat = greatest(send_journals.beat, excluded.beat), seq = excluded.seq, segment = excluded.segment,
       bytes = excluded.bytes, last_attempt_at = greatest(send_journals.last_attempt_at, excluded.last_attempt_at)
 where send_journals.seq < excluded.seq or send_journals.beat < excluded.beat`;

/**
 * Stores up to which position the journal of an ended process was compared.
 * @param mark.beat the last one it recorded
 */
export async function moveMark(
  pool: Pool,
  { journal, beat, seq, segment, bytes, lastAttemptAt }: Omit<JournalMark, 'isFresh'>,
): Promise<void> {
  await pool.query({
    ...MOVE,
    values: [journal, beat, seq, segment, bytes, lastAttemptAt],
  });
}

const DELETE_MARKS = statement('delete-journal-marks')`
delete from send_journals where journal = any($1::uuid[])`;

/** Deletes the marks of journals whose last segment was deleted. */
export async function deleteMarks(pool: Pool, journals: readonly string[]): Promise<void> {
  await pool.query({
    ...DELETE_MARKS,
    values: [journals],
  });
}
