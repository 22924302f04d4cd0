import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { describeError, type Logger } from '../../../core/logger.js';
import { noteOperatorEvent, type OperatorEvent } from '../../../operator-events/operator-events.js';
import type { CappedLog } from '../../../queue/capped-log.js';
import type { JournalSettings } from '../../../config/config.js';
import { Periodic } from '../../../storage/periodic.js';
import { deleteSegments } from './delete-segments.js';
import { findMarks } from './journal-marks.js';
import { JournalHeart } from './journal-heart.js';
import { findPlaceId } from './journal-place.js';
import { reconcile, type ReconcileReport } from './reconcile.js';
import { SendJournal } from './send-journal.js';

/** Called for events that others must react to. */
export interface JournalListeners {
  /** Nothing may be sent while the journal cannot be written. */
  readonly onWritable: (isWritable: boolean) => void;
  /** The ledger has lost what it had: the journal has to be compared with it. */
  readonly onBehind: (why: string) => void;
}

const DELETE_PERIOD_MS = 6 * 3_600_000;
/** How soon an event that the database did not take is tried again. */
const TELL_AGAIN_MS = 1_000;

/** The send journal of this process with everything around it: its beats, comparisons, deletions and events. */
export class JournalKeeper {
  readonly journal: SendJournal;
  private readonly heart: JournalHeart;
  private readonly deleting = new Periodic(DELETE_PERIOD_MS, () => this.deleteOld());
  private comparing: Promise<unknown> = Promise.resolve();
  private reporting: Promise<void> = Promise.resolve();
  private readonly stopped = new AbortController();

  private constructor(
    /** The folder of the journals; it outlives the process. */
    readonly id: string,
    private readonly parts: {
      readonly pool: Pool;
      readonly copy: CappedLog | undefined;
      readonly ledgerId: string;
      readonly settings: JournalSettings;
    },
    listeners: JournalListeners,
    private readonly logger: Logger,
  ) {
    const { pool, copy, ledgerId, settings } = parts;
    const { directory } = settings;
    this.journal = new SendJournal(
      {
        directory,
        ledgerId,
        copy,
        onRepeated: listeners.onBehind,
        onWritable: (isWritable, why) => {
          listeners.onWritable(isWritable);
          this.report(isWritable ? writableAgain(directory) : unwritable(directory, why));
        },
      },
      logger,
    );
    this.heart = new JournalHeart(pool, this.journal, listeners.onBehind, logger);
  }

  static async open(
    parts: { pool: Pool; copy: CappedLog | undefined; ledgerId: string; settings: JournalSettings },
    listeners: JournalListeners,
    logger: Logger,
  ): Promise<JournalKeeper> {
    const id = await findPlaceId(parts.settings.directory);
    return new JournalKeeper(id, parts, listeners, logger);
  }

  /** Begins to report the journal's position to the ledger, and to delete old segments. */
  start(): void {
    this.heart.start();
    this.deleting.start({ atOnce: true });
  }

  /** Reports the journal's position to the ledger now. */
  beat(): Promise<void> {
    return this.heart.beat();
  }

  /** To be called when nothing is being sent any more. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.reporting;
    await this.deleting.stop();
    await this.comparing;
    await this.heart.stop();
    await this.journal.close();
  }

  /**
   * Compares every journal within reach with the ledger; one comparison at a time.
   *
   * @param decide gets the report before the ledger records the comparison
   * @throws an error of the database
   */
  reconcile(decide?: (report: ReconcileReport) => Promise<void>): Promise<ReconcileReport> {
    const comparison = this.comparing.then(() => this.compare(decide));
    this.comparing = comparison.catch(() => undefined);
    return comparison;
  }

  private async compare(decide: ((report: ReconcileReport) => Promise<void>) | undefined): Promise<ReconcileReport> {
    const { pool, copy, ledgerId, settings } = this.parts;
    await this.heart.pause();
    try {
      const own = this.journal.id;
      const { logger } = this;
      const report = await reconcile({ pool, directory: settings.directory, copy, ledgerId, own, logger, decide });
      this.heart.compared((await findMarks(pool)).get(own)?.beat);
      return report;
    } finally {
      this.heart.resume();
    }
  }

  private async deleteOld(): Promise<void> {
    const { pool, settings } = this.parts;
    try {
      const removed = await deleteSegments(pool, settings.directory, settings.keepDays);
      if (removed.length > 0) this.logger.info({ segments: removed.length }, 'removed old segments of send journals');
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'old segments of send journals were not removed');
    }
  }

  /** A disk and a database can be away at once: what operators have to know is written down once the database is back. */
  private report(event: OperatorEvent): void {
    this.reporting = this.reporting.then(async () => {
      for (;;) {
        try {
          await noteOperatorEvent(this.parts.pool, event);
          return;
        } catch (error) {
          this.logger.warn(
            { error: describeError(error), kind: event.kind },
            'an operator event is not written down yet',
          );
          if (this.stopped.signal.aborted) return;
          await delay(TELL_AGAIN_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
        }
      }
    });
  }
}

function unwritable(directory: string, why: string): OperatorEvent {
  return {
    kind: 'send-journal.unwritable',
    severity: 'critical',
    message:
      `The send journal in ${directory} cannot be written (${why}): this process sends nothing until it can. Orders wait ` +
      'or are sent by other processes. Make room on the disk, or give the process the right to write there.',
    details: { directory, why },
  };
}

function writableAgain(directory: string): OperatorEvent {
  return {
    kind: 'send-journal.writable-again',
    severity: 'info',
    message: `The send journal in ${directory} can be written again: this process sends as before.`,
    details: { directory },
  };
}
