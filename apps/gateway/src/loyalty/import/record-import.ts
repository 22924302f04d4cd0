import type { Pool } from 'pg';
import { writeAudit } from '../../audit/write-audit.js';
import { NOTHING_YET, type ImportEvent } from './pipeline/import-file.js';

/** Whose import, and of what. */
export interface RecordedImport {
  /** The name of the admin key, or the person at the command line. */
  readonly who: string;
  /** One of the kinds of import. */
  readonly kind: string;
}

/**
 * Reports what an import reports, and writes two entries of the audit: before its first line is read, and with the totals when
 * it has ended, whatever the end. Without the second one the process ended in between.
 *
 * @param events of an import, not of a dry run
 */
export async function* recordImport(
  pool: Pool,
  { who, kind }: RecordedImport,
  events: AsyncGenerator<ImportEvent>,
): AsyncGenerator<ImportEvent> {
  const actor = { who, why: undefined };
  await writeAudit(pool, actor, { action: 'import.begin', cardNumber: null, details: { kind } });
  let totals = NOTHING_YET;
  let outcome: 'done' | 'failed' | 'stopped' = 'stopped';
  try {
    for await (const event of events) {
      if (event.kind === 'progress') ({ totals } = event);
      yield event;
    }
    outcome = 'done';
  } catch (error) {
    outcome = 'failed';
    throw error;
  } finally {
    const details = { kind, outcome, ...totals };
    await writeAudit(pool, actor, { action: 'import.end', cardNumber: null, details });
  }
}
