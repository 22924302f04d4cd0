/** What a comparison of this process's send journals with the ledger has shown. */
export interface JournalReport {
  /** Journals that were found, those of processes that ended included. */
  readonly journals: number;
  /** Attempts in them. */
  readonly compared: number;
  /** Attempts the ledger lacked; they stand in it now. */
  readonly missing: number;
  /** Attempts the ledger had without their outcome; they have it now. */
  readonly settled: number;
  /** Attempts of orders the ledger does not know at all. */
  readonly strangers: number;
  /** ISO 8601; null when nothing was ever sent from here. */
  readonly lastAttemptAt: string | null;
  /** PostgreSQL stands at an earlier position than the journal has seen. */
  readonly ledgerIsBehind: boolean;
  /** What was damaged, one sentence each. */
  readonly faults: readonly string[];
}

/** For a process that keeps no journal: nothing is known, and nothing is proved. */
export const NO_JOURNAL: JournalReport = {
  journals: 0,
  compared: 0,
  missing: 0,
  settled: 0,
  strangers: 0,
  lastAttemptAt: null,
  ledgerIsBehind: false,
  faults: [],
};

/** Whether the ledger has everything that the journals know, as far as they could be read. */
export function isClean({ missing, strangers, ledgerIsBehind, faults }: JournalReport): boolean {
  return missing === 0 && strangers === 0 && !ledgerIsBehind && faults.length === 0;
}

/** Whether the journals know something that the ledger has lost. */
export function knowsMore({ missing, strangers, ledgerIsBehind }: JournalReport): boolean {
  return missing > 0 || strangers > 0 || ledgerIsBehind;
}
