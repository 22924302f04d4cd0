import type { Rejection } from './rejection.js';

/** What the text of a field must be, what it becomes, and what that is to PostgreSQL. */
export interface Form {
  readonly type: 'text' | 'date' | 'time' | 'numeric' | 'integer' | 'boolean';
  /** @returns the value as PostgreSQL reads it, or `undefined` when the text has not this form */
  readonly parse: (text: string) => string | undefined;
  /** Why a text is refused; it follows the name of the field, and never repeats the text. */
  readonly reason: string | ((text: string) => string);
}

/** A column of a kind of file. */
export interface FileColumn {
  readonly form: Form;
  /** Whether every line must have it; then the header must name it. */
  readonly required?: true;
  /** The value of an empty field; `null` by default. */
  readonly otherwise?: string;
}

export type Columns = Readonly<Record<string, FileColumn>>;

type Always<C extends FileColumn> = C extends { required: true } | { otherwise: string } ? string : string | null;

/** A line of a file with these columns, each value in its normal form; `null` is what the line does not say. */
export type RowOf<C extends Columns> = { readonly line: number } & { readonly [Name in keyof C]: Always<C[Name]> };

/** A line of any columns. */
export type Row = RowOf<Columns>;

/** The index of each column in a line. */
export interface Header {
  readonly places: ReadonlyMap<string, number>;
  /** From the first to the last column that has a name. */
  readonly width: number;
  /** Columns that mean nothing to us. */
  readonly unknown: readonly string[];
}

/**
 * Reads a header line: columns in any order and any case.
 *
 * @returns a message for the person who sent the file, when it is not a header of this kind
 */
export function readHeader(columns: Columns, fields: readonly string[]): Header | string {
  const names = fields.map((name) =>
    name
      .replaceAll(/\p{Cf}/gu, '')
      .trim()
      .toLowerCase(),
  );
  const missing = Object.keys(columns).filter((name) => columns[name]?.required === true && !names.includes(name));
  if (missing.length > 0) {
    return `the first line names no column ${missing.join(', ')}; columns are separated by ;${otherSeparator(fields)}`;
  }
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) return 'the first line names a column twice';
  return {
    places: new Map(names.map((name, at) => [name, at])),
    width: names.findLastIndex((name) => name !== '') + 1,
    unknown: names.flatMap((name, at) => (name === '' || Object.hasOwn(columns, name) ? [] : [printable(name, at)])),
  };
}

function otherSeparator([only = '', ...others]: readonly string[]): string {
  if (others.length > 0) return '';
  if (only.includes('\t')) return ', but this file has tabs';
  return only.includes(',') ? ', but this file has commas' : '';
}

/** A first line of another file may have persons in it; what does not look like a name of a column is not repeated. */
function printable(name: string, at: number): string {
  return /^[\p{L}_][\p{L}\p{N}\p{M} _.%()/-]{0,49}$/u.test(name) ? name : `column ${at + 1}`;
}

/** Reads the fields of one line; only the first fault is reported. */
export function readRow(columns: Columns, header: Header, line: number, fields: readonly string[]): Row | Rejection {
  // A stray separator has shifted the fields after it: none of them can be trusted.
  if (fields.slice(header.width).some((text) => text.trim() !== '')) {
    return { line, field: '', reason: 'the line has more fields than the first line has columns' };
  }
  const row: Record<string, string | number | null> = { line };
  for (const [field, { form, required, otherwise = null }] of Object.entries(columns)) {
    const text = fields[header.places.get(field) ?? -1]?.trim() ?? '';
    const value = text === '' ? otherwise : form.parse(text);
    if (value === undefined) return { line, field, reason: reasonOf(form, text) };
    if (value === null && required === true) return { line, field, reason: 'is missing' };
    row[field] = value;
  }
  return row as Row;
}

function reasonOf({ reason }: Form, text: string): string {
  return typeof reason === 'string' ? reason : reason(text);
}

/** Distinguishes a line that cannot be imported from one that can: only the former has a reason. */
export function isRejection(read: object): read is Rejection {
  return 'reason' in read;
}
