/** A sentence for a person about a file of a journal, or about the folder. */
export interface JournalFault {
  /** The path; for the copy in Redis, the name of the journal. */
  readonly file: string;
  readonly sentence: string;
}

/** What comparing the journals with the ledger has come to. */
export interface ReconcileReport {
  /** Journals of this ledger found, in the folder and in Redis. */
  readonly journals: number;
  /** Attempts that were compared. */
  readonly compared: number;
  /** Attempts of orders that the ledger has, which it did not know; they are written into it now. */
  readonly missing: number;
  /** Attempts that the ledger had begun or called unknown, settled now with what the journal knows. */
  readonly settled: number;
  /**
   * Orders of which a journal knows attempts and which the ledger does not have, found since this ledger was last taken
   * for the true one; each is an operator event, once.
   */
  readonly strangers: number;
  /** When the last attempt began that any journal of this ledger remembers; null for none. */
  readonly lastAttemptAt: Date | null;
  /**
   * The ledger is behind a position that a journal has recorded as committed: it was restored, or lost its last
   * commits.
   */
  readonly ledgerIsBehind: boolean;
  /** What may hide attempts: files that cannot be read, damaged or missing lines. */
  readonly faults: readonly JournalFault[];
  /** Harmless facts that are reported anyway: a torn last line, a journal of another ledger, a copied file. */
  readonly notices: readonly JournalFault[];
}
