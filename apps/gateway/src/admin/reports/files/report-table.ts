import type { InBothLanguages } from '../../../operator-events/catalogue/kind.js';

export type Language = keyof InBothLanguages;

/** A column of a report's file: what stands in it of a row. Numbers are exact decimals; null is an empty cell. */
export interface ReportColumn<Row> {
  readonly title: InBothLanguages;
  readonly kind: 'text' | 'count' | 'roubles';
  readonly of: (row: Row) => string | number | null;
}

/** A report as a table, for a file. */
export interface ReportTable<Row> {
  /** The name of the file, without its ending. */
  readonly file: string;
  readonly sheet: InBothLanguages;
  readonly columns: readonly ReportColumn<Row>[];
  readonly rows: readonly Row[];
}
