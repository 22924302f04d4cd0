export type MigrationStep = BatchedChange | ConcurrentIndex;

/**
 * A statement that changes some rows and is run until none is left, each time in a transaction of its own. `$1` is the key
 * that the last run gave as `last`, at first an empty text; at the end `last` is null.
 */
export interface BatchedChange {
  readonly batch: string;
}

/** An index that is made while others read and write. */
export interface ConcurrentIndex {
  readonly index: string;
  /** The table and the columns, as `create index` has them. */
  readonly on: string;
}
