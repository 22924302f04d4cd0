import type { PoolClient } from 'pg';
import type { Columns, RowOf } from './columns.js';
import type { Kept, Rejection } from './rejection.js';

/** A claim of a line to a unique value: the card `owner` has this value. */
export interface ClaimedValue {
  readonly field: string;
  readonly value: string;
  readonly owner: string;
}

/** A kind of file that can be imported. Everything but this is the same for all of them. */
export interface ImportKind<C extends Columns = Columns> {
  readonly columns: C;
  /** The columns that name a thing, all required: no two lines of a file may agree in them. */
  readonly key: readonly (keyof C & string)[];
  /** Whether keys that differ only in case name the same thing. */
  readonly keyIgnoresCase?: boolean;
  /** The tables that have grown afterwards. */
  readonly tables: readonly string[];
  /** The fault of a line whose fields are each well-formed but do not fit together. */
  check?(row: RowOf<C>): Omit<Rejection, 'line'> | undefined;
  /**
   * The unique values of a line, which no later line may have. Only called in a dry run, where the database does not
   * know them: `keep` finds these claims in the temporary table `import_claims`.
   */
  claims?(row: RowOf<C>): readonly ClaimedValue[];
  /**
   * Upserts the lines of a batch, at least one, in one transaction. Repeating a line changes nothing.
   *
   * @throws a unique violation when a simultaneous call created the same row; then it is called again
   */
  keep(client: PoolClient, rows: readonly RowOf<C>[]): Promise<Kept>;
}

/**
 * A kind as the pipeline sees it, without the types of its columns: the pipeline passes to `check` and `keep` only rows
 * that it has read by these same columns.
 */
export function importKind<C extends Columns>(kind: ImportKind<C>): ImportKind {
  return kind as unknown as ImportKind;
}
