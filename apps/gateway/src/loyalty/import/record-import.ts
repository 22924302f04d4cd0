import type { Pool } from 'pg';
import { writeAudit } from '../../audit/write-audit.js';
import type { ImportOrigin, ImportOutcome } from './import-answers.js';
import { beginImport, endImport, MOST_REJECTIONS_KEPT, noteImport } from './import-ledger.js';
import { NOTHING_YET, type ImportEvent } from './pipeline/import-file.js';
import type { Rejection } from './pipeline/rejection.js';

/** Whose import, and of what. */
export interface RecordedImport {
  /** The name of the admin key, or the person at the command line. */
  readonly who: string;
  /** One of the kinds of import. */
  readonly kind: string;
  readonly beganBy: ImportOrigin;
}

/**
 * Reports what an import reports, and keeps for operators how far it is and what it has rejected. It writes two entries of the
 * audit: before its first line is read, and with the totals when it has ended, whatever the end. Without the second one the process
 * ended in between.
 *
 * @param events of an import, not of a dry run
 */
export async function* recordImport(
  pool: Pool,
  { who, kind, beganBy }: RecordedImport,
  events: AsyncGenerator<ImportEvent>,
): AsyncGenerator<ImportEvent> {
  const actor = { who, why: undefined };
  const id = await beginImport(pool, { kind, who, beganBy });
  await writeAudit(pool, actor, { action: 'import.begin', cardNumber: null, details: { kind } });
  let totals = NOTHING_YET;
  let outcome: ImportOutcome = 'stopped';
  let rejections: Rejection[] = [];
  let kept = 0;
  try {
    for await (const event of events) {
      if (event.kind === 'rejected' && kept < MOST_REJECTIONS_KEPT) {
        rejections.push(event.rejection);
        kept += 1;
      }
      if (event.kind === 'progress') {
        ({ totals } = event);
        await noteImport(pool, id, totals, rejections);
        rejections = [];
      }
      yield event;
    }
    outcome = 'done';
  } catch (error) {
    outcome = 'failed';
    throw error;
  } finally {
    const details = { kind, outcome, ...totals };
    await endImport(pool, id, outcome);
    await writeAudit(pool, actor, { action: 'import.end', cardNumber: null, details });
  }
}
