import type { Pool } from 'pg';
import type { Logger } from '../../../core/logger.js';
import { CappedLogError, type CappedLog } from '../../../queue/capped-log.js';
import { findSendingState } from '../guard/sending-state.js';
import { noteFindings } from './findings.js';
import { JournalComparer, noTotals, type Totals } from './journal-comparer.js';
import { copyAwayNotice, folderFault, foreignNotice, noRemarks, strayNotice, type Remarks } from './journal-faults.js';
import { findMarks, moveMark, type JournalMark } from './journal-marks.js';
import type { JournalPlace } from './journal-writer.js';
import { findPosition, isBehind } from './ledger-position.js';
import { holderOf, peekOpening } from './live-journal.js';
import { readCopy } from './read-copy.js';
import { readJournal } from './read-journal.js';
import type { ReconcileReport } from './reconcile-report.js';
import { listJournals, type JournalFiles } from './segment-files.js';
import { faultOf } from './report-findings.js';

export type { JournalFault, ReconcileReport } from './reconcile-report.js';

export interface ReconcileParts {
  readonly pool: Pool;
  readonly directory: string;
  /** The copy in Redis, where the queue is there. */
  readonly copy: CappedLog | undefined;
  readonly ledgerId: string;
  /** The id of this process's own journal. */
  readonly own: string | undefined;
  readonly logger: Logger;
  /**
   * Gets the report before the ledger records the comparison: the decision is stored before another process could find
   * that nothing is missing.
   */
  readonly decide?: ((report: ReconcileReport) => Promise<void>) | undefined;
}

/** A journal that was read, as far as it was. */
interface Compared {
  readonly comparer: JournalComparer;
  readonly isLive: boolean;
  place: JournalPlace;
  /** A copy of a file is compared; that the journal was, is not said of it. */
  isMarkable: boolean;
  /** The files have every line behind the mark. */
  readonly isWhole: boolean;
}

/**
 * Compares every journal that can be reached with the ledger: of this process, of processes that ended, of others that
 * are alive, and the copy in Redis. Adds missing attempts to the ledger, and reports to the operators orders that it
 * does not have and unreadable files. It may be repeated, and run in several processes at once.
 *
 * @returns the findings
 * @throws an error of the database; faults of a journal are in the report
 */
export async function reconcile(parts: ReconcileParts): Promise<ReconcileReport> {
  const run = new Reconciling(parts, await findMarks(parts.pool));
  return await run.run();
}

/** One run. */
class Reconciling {
  private readonly remarks: Remarks = noRemarks();
  private readonly totals: Totals = noTotals();
  private readonly compared = new Map<string, Compared>();

  constructor(
    private readonly parts: ReconcileParts,
    private readonly marks: ReadonlyMap<string, JournalMark>,
  ) {}

  async run(): Promise<ReconcileReport> {
    const { pool, logger, decide } = this.parts;
    await this.compareFolder();
    await this.compareCopy();
    const { faults, notices } = this.remarks;
    await noteFindings(pool, [
      ...faults.map((fault) => faultOf(fault, 'fault')),
      ...notices.map((notice) => faultOf(notice, 'notice')),
    ]);
    for (const { sentence } of faults) logger.warn(sentence);
    for (const { sentence } of notices) logger.info(sentence);
    const report = await this.report();
    await decide?.(report);
    await this.moveMarks();
    logger.info({ ...report, faults: faults.length, notices: notices.length }, 'compared the send journals');
    return report;
  }

  private async compareFolder(): Promise<void> {
    const { directory } = this.parts;
    try {
      const { journals, strays } = await listJournals(directory);
      for (const files of journals) await this.compareFiles(files);
      for (const path of strays) {
        this.remarks.notices.push(strayNotice(path));
        await this.compareFiles({ journal: path, segments: [{ path, firstSeq: 1 }] });
      }
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (syscall !== 'scandir') throw error;
      // A process that has never sent has no folder yet.
      if (code !== 'ENOENT') this.remarks.faults.push(folderFault(directory, error));
    }
  }

  private async compareFiles(files: JournalFiles): Promise<void> {
    const { journal } = files;
    const mark = this.marks.get(journal);
    const opening = await peekOpening(files);
    const isForeign = opening !== undefined && opening.ledgerId !== this.parts.ledgerId;
    if (isForeign) {
      this.remarks.notices.push(foreignNotice(files.segments.at(-1)?.path ?? journal, opening.ledgerId));
      return;
    }
    const holder = journal === this.parts.own ? 'alive' : holderOf(opening, mark);
    const isLive = holder !== 'gone';
    const comparer = new JournalComparer(this.parts, journal, this.totals);
    const { place, isWhole, isMarkable } = await readJournal(files, mark, comparer, this.remarks, isLive);
    await comparer.end();
    this.compared.set(journal, { comparer, isLive, place, isWhole, isMarkable });
  }

  /** What Redis has behind what the disk has; where lines of the disk are damaged, all that it has. */
  private async compareCopy(): Promise<void> {
    const { copy } = this.parts;
    if (copy === undefined) return;
    try {
      for (const journal of await copy.lists()) await this.compareOneCopy(copy, journal);
    } catch (error) {
      if (!(error instanceof CappedLogError)) throw error;
      this.remarks.notices.push(copyAwayNotice(error));
    }
  }

  private async compareOneCopy(copy: CappedLog, journal: string): Promise<void> {
    const mark = this.marks.get(journal);
    const files = this.compared.get(journal);
    const holder = journal === this.parts.own ? 'alive' : holderOf(undefined, mark);
    const isLive = files?.isLive ?? holder !== 'gone';
    const comparer = files?.comparer ?? new JournalComparer(this.parts, journal, this.totals);
    const afterSeq = files?.isWhole === true ? files.place.seq : (mark?.seq ?? 0);
    const isOnly = files === undefined && !isLive;
    const lastSeq = await readCopy(copy, journal, { afterSeq, isOnly }, comparer, this.remarks);
    if (lastSeq === undefined) return;
    await comparer.end();
    const { place = { seq: 0, segment: 0, bytes: 0 }, isWhole = false, isMarkable = true } = files ?? {};
    const seq = Math.max(place.seq, lastSeq);
    this.compared.set(journal, { comparer, isLive, place: { ...place, seq }, isWhole, isMarkable });
  }

  private async report(): Promise<ReconcileReport> {
    const { compared, missing, settled, strangers, lastAttemptAt } = this.totals;
    return {
      journals: this.compared.size,
      compared,
      missing,
      settled,
      strangers: strangers.size,
      lastAttemptAt: latestOf([lastAttemptAt, ...[...this.marks.values()].map((mark) => mark.lastAttemptAt)]),
      ledgerIsBehind: await this.isLedgerBehind(),
      ...this.remarks,
    };
  }

  /**
   * Asks the ledger again: a live process has recorded a beat meanwhile. What was lost before the ledger was last taken
   * for the true one is decided, whichever process comes back later and finds it.
   */
  private async isLedgerBehind(): Promise<boolean> {
    const { pool } = this.parts;
    const [marks, position] = [await findMarks(pool), await findPosition(pool)];
    const { identitySince: decidedAt } = await findSendingState(pool);
    return [...this.totals.seen].some(
      ([journal, seen]) =>
        ((marks.get(journal)?.beat ?? 0) < seen.beat || isBehind(position, seen)) &&
        (seen.identitySince === undefined || seen.identitySince >= decidedAt),
    );
  }

  private async moveMarks(): Promise<void> {
    for (const [journal, { comparer, place, isLive, isMarkable }] of this.compared) {
      // A live process itself reports the position of its journal.
      if (isLive || !isMarkable) continue;
      const { beat, lastAttemptAt } = comparer;
      await moveMark(this.parts.pool, { journal, ...place, beat, lastAttemptAt });
    }
  }
}

function latestOf(dates: readonly (Date | null)[]): Date | null {
  return dates.reduce((latest, date) => (latest === null || (date !== null && date > latest) ? date : latest), null);
}
