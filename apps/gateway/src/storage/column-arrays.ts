/** A column: its type in SQL, and its value in a row. */
export type Column<R> = readonly [type: string, valueOf: (row: R) => unknown];

/**
 * Rows as one statement takes many of them: an array for each column. Each column is named once, with its type and its
 * value:
 *
 *     const GIVEN = new ColumnArrays<Job>({ id: ['uuid', (job) => job.orderId], generation: ['integer', …] }, 2);
 *     `… from ${GIVEN.rowsAs('g')} where …`
 *     values: [limit, ...GIVEN.of(jobs)]
 */
export class ColumnArrays<R> {
  private readonly columns: readonly {
    readonly name: string;
    readonly parameter: string;
    readonly valueOf: (row: R) => unknown;
  }[];
  /** The number of the first parameter behind the arrays. */
  readonly next: number;

  /** @param first the number of the first array among the statement's parameters */
  constructor(columns: Readonly<Record<string, Column<R>>>, first = 1) {
    this.columns = Object.entries(columns).map(([name, [type, valueOf]], at) => ({
      name,
      parameter: `$${first + at}::${type}[]`,
      valueOf,
    }));
    this.next = first + this.columns.length;
  }

  /**
   * The rows again, as a table that stands behind `from` or `join`.
   *
   * @param position the name of a further column with the place of each row, from 1
   */
  rowsAs(alias: string, position?: string): string {
    const arrays = this.columns.map(({ parameter }) => parameter).join(', ');
    const names = this.columns.map(({ name }) => name);
    return position === undefined
      ? `unnest(${arrays}) as ${alias} (${names.join(', ')})`
      : `unnest(${arrays}) with ordinality as ${alias} (${[...names, position].join(', ')})`;
  }

  /** The parameters' values, in their order. */
  of(rows: readonly R[]): unknown[][] {
    return this.columns.map(({ valueOf }) => rows.map(valueOf));
  }
}
