import type { PoolClient } from 'pg';
import type { Columns, RowOf } from './columns.js';
import type { Kept, Rejection } from './rejection.js';

/** That a line takes something of which there is one: the card `owner` has this value. */
export interface Claim {
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
  /** What no single column can say: the fault of a line whose fields are all well-formed. */
  check?(row: RowOf<C>): Omit<Rejection, 'line'> | undefined;
  /**
   * What a line takes that no line behind it may take. Asked in a rehearsal alone, where the database does not know:
   * `keep` finds these claims in the temporary table `import_claims`.
   */
  claims?(row: RowOf<C>): readonly Claim[];
  /**
   * Keeps the lines of a batch, at least one, in one transaction. Keeping a line again changes nothing.
   *
   * @throws a unique violation when somebody else just made the same thing; then it is called again
   */
  keep(client: PoolClient, rows: readonly RowOf<C>[]): Promise<Kept>;
}

/**
 * A kind as the pipeline has it, which knows nothing of its columns: it hands to `check` and `keep` only rows that it
 * has read by these same columns.
 */
export function importKind<C extends Columns>(kind: ImportKind<C>): ImportKind {
  return kind as unknown as ImportKind;
}
