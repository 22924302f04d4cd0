import type { ColumnName } from './columns.js';
import type { CheckedFile, CheckedRow } from './order-files.service.js';

type RowView = Omit<CheckedRow, 'entry'>;

/** A checked file as it is answered: without the orders that are made of its lines. */
export interface CheckedFileView extends Omit<CheckedFile, 'rows'> {
  readonly columns: readonly ColumnName[];
  readonly rows: readonly RowView[];
}

export function fileView({ rows, ...file }: CheckedFile): CheckedFileView {
  return { ...file, rows: rows.map(({ entry: _order, ...row }) => row) };
}
