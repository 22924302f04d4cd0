/** A cell as text; of an empty one `''`. */
export interface Cell {
  readonly text: string;
  /** A spreadsheet has it as a number: zeros in front of it are lost. */
  readonly isNumber: boolean;
}

/** A line of a spreadsheet, as its reader counts lines, from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly Cell[];
  /** Why its cells cannot be trusted. */
  readonly fault?: string;
}

/** Beyond a header and so many lines a file is not for a person to look through. */
export const MOST_LINES = 2_000;
/** A file with so many lines is far smaller. */
export const MOST_FILE_BYTES = 4 * 1024 * 1024;

export const EMPTY_CELL: Cell = { text: '', isNumber: false };

export function isEmptyRow({ cells, fault }: SheetRow): boolean {
  return fault === undefined && cells.every(({ text }) => text.trim() === '');
}
