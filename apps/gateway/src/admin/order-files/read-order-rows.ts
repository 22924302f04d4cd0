import type { CreateOrderBody } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import { readIdempotencyKey } from '../../http/idempotency-key.js';
import type { BatchEntry } from '../../orders/api/batch-request.js';
import { readOrderRequest } from '../../orders/api/order-request.js';
import type { RequestHashes } from '../../orders/api/request-hash.js';
import { COLUMN_NAMES, COLUMNS, readFileHeader, type ColumnName, type FileHeader } from './columns.js';
import { fileFault } from './file-fault.js';
import { EMPTY_CELL, type Cell, type SheetRow } from './sheet.js';

/** What is wrong with a cell. The operators' page has the sentence for each in its own language; `detail` is the English one. */
export interface CellFault {
  /** The column; empty: the line as a whole. */
  readonly field: ColumnName | '';
  readonly reason: 'line' | 'missing' | 'form' | 'zeros-lost' | 'both-cards' | 'unknown' | 'amount' | 'key-twice';
  readonly detail: string;
}

type GoodEntry = Extract<BatchEntry, { ok: true }>;

/** One line of a file, checked. */
export interface OrderRow {
  readonly line: number;
  /** What stands in the file, by column. */
  readonly cells: Partial<Record<ColumnName, string>>;
  readonly faults: readonly CellFault[];
  /** The order of a line without faults. */
  readonly entry: GoodEntry | undefined;
}

export interface OrderRows {
  readonly columns: readonly ColumnName[];
  readonly unknownColumns: readonly string[];
  readonly rows: readonly OrderRow[];
}

/** What of a line an order is made of, and what is said of a part of it. */
export interface RowRules {
  readonly hashes: RequestHashes;
  /** The faults of an order by the dictionaries, with pointers relative to it. */
  readonly check: (order: CreateOrderBody) => readonly FieldFault[];
}

/**
 * Makes an order of each line: a ticket for an own card if it has a number, and otherwise one on a new card.
 *
 * @param keyOf the idempotency key of a line that names none
 * @throws ProblemError 422 when the first line does not name the columns
 */
export function readOrderRows(
  [first, ...rest]: readonly SheetRow[],
  keyOf: (line: number) => string,
  rules: RowRules,
): OrderRows {
  const header = first && readFileHeader(first.cells);
  if (header === undefined) {
    const detail = `The first line must name the columns tariffId, phone, and cardNumber or cardTypeId; columns of a CSV file are separated by ;`;
    throw fileFault('columns', detail);
  }
  if (rest.length === 0) throw fileFault('empty', 'The file has a first line and no other.');
  const keys = new Set<string>();
  const rows = rest.map((row) => {
    const read = readRow(row, header, keyOf(row.line), rules);
    const key = read.entry?.fields.idempotencyKey;
    if (key === undefined || !keys.has(key)) {
      if (key !== undefined) keys.add(key);
      return read;
    }
    const fault: CellFault = { field: 'idempotencyKey', reason: 'key-twice', detail: 'An earlier line has this key.' };
    return { ...read, faults: [fault], entry: undefined };
  });
  const columns = COLUMN_NAMES.filter((name) => header.places.has(name));
  return { columns, unknownColumns: header.unknown, rows };
}

function readRow({ line, cells, fault }: SheetRow, header: FileHeader, ownKey: string, rules: RowRules): OrderRow {
  const cellOf = (name: ColumnName): Cell => cells[header.places.get(name) ?? -1] ?? EMPTY_CELL;
  const given = COLUMN_NAMES.filter((name) => cellOf(name).text.trim() !== '');
  const shown = Object.fromEntries(given.map((name) => [name, cellOf(name).text.trim()]));
  const wrongLine = fault ?? shiftedFault(cells, header);
  if (wrongLine !== undefined) {
    return { line, cells: shown, faults: [{ field: '', reason: 'line', detail: wrongLine }], entry: undefined };
  }
  const values = new Map(given.map((name) => [name, COLUMNS[name].read(cellOf(name).text.trim())]));
  const idempotencyKey = values.has('idempotencyKey')
    ? readIdempotencyKey([String(values.get('idempotencyKey'))])
    : ownKey;
  const request = requestOf(values);
  const read = readOrderRequest(request, () => undefined, rules.hashes);
  const faults = [
    ...(read.ok ? rules.check(read.order).map(ofDictionary) : read.faults.map(ofRules)),
    ...given.filter((name) => hasLostZeros(name, cellOf(name))).map(zerosLost),
    ...(values.has('cardNumber') && values.has('cardTypeId') ? [BOTH_CARDS] : []),
    ...(idempotencyKey === undefined ? [WRONG_KEY] : []),
  ];
  if (!read.ok || faults.length > 0 || idempotencyKey === undefined) {
    return { line, cells: shown, faults: firstOfEach(faults), entry: undefined };
  }
  const entry: GoodEntry = { ok: true, fields: { idempotencyKey, ...read.fields }, order: read.order, pointer: '' };
  return { line, cells: shown, faults: [], entry };
}

function requestOf(values: ReadonlyMap<ColumnName, unknown>): { order: object; reference?: unknown } {
  const some = (...names: readonly ColumnName[]): object =>
    Object.fromEntries(names.filter((name) => values.has(name)).map((name) => [name, values.get(name)]));
  const isOwnCard = values.has('cardNumber');
  const line = {
    type: isOwnCard ? 'owncard' : 'newcard',
    ...some(isOwnCard ? 'cardNumber' : 'cardTypeId', 'tariffId'),
    currencyId: 'RUB',
    ...some('amount'),
    // A new card needs a number of them; a line of a list is one.
    quantity: values.get('quantity') ?? 1,
  };
  return { order: { orderData: [line], ...some('phone', 'email', 'regionId') }, ...some('reference') };
}

/** A stray separator has shifted the cells behind it. */
function shiftedFault(cells: readonly Cell[], { width }: FileHeader): string | undefined {
  return cells.slice(width).some(({ text }) => text.trim() !== '')
    ? 'the line has more fields than the first line has columns'
    : undefined;
}

/** A card's number has ten digits at most; one that a spreadsheet keeps as a number may have begun with zeros. */
function hasLostZeros(name: ColumnName, { text, isNumber }: Cell): boolean {
  return name === 'cardNumber' && isNumber && text.length < 10;
}

const zerosLost = (field: ColumnName): CellFault => ({
  field,
  reason: 'zeros-lost',
  detail: 'The cell is a number: zeros in front of it may be lost. Format the column as text.',
});
const BOTH_CARDS: CellFault = {
  field: 'cardTypeId',
  reason: 'both-cards',
  detail: 'The line names a card and a kind of new card: leave one of them out.',
};
const WRONG_KEY: CellFault = {
  field: 'idempotencyKey',
  reason: 'form',
  detail: 'Must be 1 to 255 printable ASCII characters.',
};

/** By the last word of its pointer. */
function fieldOf(pointer: string): ColumnName | '' {
  const name = pointer.split('/').at(-1) ?? '';
  return COLUMN_NAMES.find((one) => one === name) ?? '';
}

function ofRules({ pointer, detail }: FieldFault): CellFault {
  return { field: fieldOf(pointer), reason: detail.includes('is required') ? 'missing' : 'form', detail };
}

function ofDictionary({ pointer, detail }: FieldFault): CellFault {
  const field = fieldOf(pointer);
  return { field, reason: field === 'amount' ? 'amount' : 'unknown', detail };
}

function firstOfEach(faults: readonly CellFault[]): CellFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.field, fault])).values()].toReversed();
}
