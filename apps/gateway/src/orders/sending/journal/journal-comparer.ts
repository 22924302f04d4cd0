import type { Pool } from 'pg';
import type { Logger } from '../../../core/logger.js';
import { compareAttempts } from './compare-attempts.js';
import type { JournalEntry, LedgerSeen } from './journal-line.js';
import { AttemptCollector, type RememberedAttempt } from './remembered-attempt.js';

/** Attempts that are compared in one go. */
const BATCH = 500;

/** What comparing all journals has come to so far. */
export interface Totals {
  compared: number;
  missing: number;
  settled: number;
  readonly strangers: Set<string>;
  lastAttemptAt: Date | null;
  /** The last sign of each journal that it saw the ledger, by journal. */
  readonly seen: Map<string, LedgerSeen>;
}

export function noTotals(): Totals {
  return { compared: 0, missing: 0, settled: 0, strangers: new Set(), lastAttemptAt: null, seen: new Map() };
}

/** Compares the lines of one journal with the ledger as they come. */
export class JournalComparer {
  private readonly collector = new AttemptCollector();
  private batch: RememberedAttempt[] = [];
  /** When the last attempt of this journal began. */
  lastAttemptAt: Date | null = null;
  /** The number of its last beat; 0 for none. */
  beat = 0;

  constructor(
    private readonly parts: { readonly pool: Pool; readonly ledgerId: string; readonly logger: Logger },
    private journal: string,
    private readonly totals: Totals,
  ) {}

  /** @returns false for a line of another ledger, which is compared with nothing */
  async add(entry: JournalEntry): Promise<boolean> {
    if (entry.ledgerId !== this.parts.ledgerId) return false;
    // A file may be named after another journal.
    if (entry.kind === 'opened') this.journal = entry.journal;
    if (entry.kind === 'ledger') this.see(entry);
    if (entry.kind === 'begun') {
      const at = new Date(entry.at);
      this.lastAttemptAt = latest(this.lastAttemptAt, at);
      this.totals.lastAttemptAt = latest(this.totals.lastAttemptAt, at);
    }
    this.batch.push(...this.collector.add(entry));
    if (this.batch.length >= BATCH) await this.flush();
    return true;
  }

  /** Compares the remaining attempts, and those without an outcome. */
  async end(): Promise<void> {
    this.batch.push(...this.collector.rest());
    while (this.batch.length > 0) await this.flush();
  }

  private see(entry: LedgerSeen): void {
    // The beat 0 is a line that was written only to see whether the disk takes it.
    if (entry.beat === 0) return;
    this.beat = Math.max(this.beat, entry.beat);
    this.totals.seen.set(this.journal, entry);
  }

  private async flush(): Promise<void> {
    const batch = withoutRepeats(this.batch.splice(0, BATCH));
    const { pool, logger } = this.parts;
    const { missing, settled, strangers } = await compareAttempts(pool, batch, logger);
    this.totals.compared += batch.length;
    this.totals.missing += missing;
    this.totals.settled += settled;
    for (const order of strangers) this.totals.strangers.add(order);
  }
}

/** Of an attempt that comes twice, the one that knows its end. */
function withoutRepeats(batch: readonly RememberedAttempt[]): RememberedAttempt[] {
  const found = new Map<string, RememberedAttempt>();
  for (const attempt of batch) {
    const key = `${attempt.orderId} ${attempt.attempt}`;
    const earlier = found.get(key);
    if (earlier?.ended === undefined || attempt.ended !== undefined) found.set(key, attempt);
  }
  return [...found.values()];
}

function latest(one: Date | null, other: Date): Date {
  return one === null || other > one ? other : one;
}
