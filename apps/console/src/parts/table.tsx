import type { ComponentChildren } from 'preact';

/** A column: its heading, and what a row shows there. */
export interface Column<Row> {
  readonly title: string;
  readonly show: (row: Row) => ComponentChildren;
  /** In a long table, where the rows that are not there cannot say it: in CSS; absent: what is left. */
  readonly width?: string;
  /** Digits that are compared down the column. */
  readonly isNumber?: boolean;
}

export interface TableProps<Row> {
  /** The caption, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, at: number) => string;
  /** The last line: all of them together. */
  readonly total?: Row;
  /** The text shown instead of an empty table. */
  readonly empty: string;
}

/**
 * A table that becomes a list of cards on a narrow screen. The roles repeat the elements' own: some browsers drop them
 * as soon as CSS changes the display of a table.
 */
export function Table<Row>({ caption, columns, rows, keyOf, total, empty }: TableProps<Row>) {
  if (rows.length === 0) return <p class="quiet">{empty}</p>;
  return (
    <table role="table">
      <caption class="for-readers">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, isNumber }) => (
            <th key={title} role="columnheader" scope="col" class={isNumber === true ? 'number' : ''}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, at) => (
          <Line key={keyOf(row, at)} row={row} columns={columns} />
        ))}
      </tbody>
      {total !== undefined && (
        <tfoot role="rowgroup">
          <Line row={total} columns={columns} />
        </tfoot>
      )}
    </table>
  );
}

function Line<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr role="row">
      {columns.map(({ title, show, isNumber }) => (
        <td key={title} role="cell" data-title={title} class={isNumber === true ? 'number' : ''}>
          <span>{show(row)}</span>
        </td>
      ))}
    </tr>
  );
}
