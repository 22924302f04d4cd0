import { normaliseMsisdn } from '@vestibule/koshelek-contract';
import type { Cell } from './sheet.js';

/** A column: its titles in the two languages, and what its text is in an order. What cannot be read stays a text, which the rules of orders refuse. */
interface FileColumn {
  readonly ru: string;
  readonly en: string;
  readonly read: (text: string) => unknown;
  /** Digits that a spreadsheet must not take for a number. */
  readonly isDigits?: true;
}

const asText = (text: string): string => text;
const withoutBlanks = (text: string): string => text.replaceAll(/\s/g, '');

/** `2671`, and `2671 Единый, 30 дней` as the template offers it. */
function asId(text: string): unknown {
  const [, digits] = /^(\d{1,15})(?:[\s.].*)?$/s.exec(text) ?? [];
  return digits === undefined ? text : Number(digits);
}

function asCount(text: string): unknown {
  const digits = withoutBlanks(text);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text;
}

/** `1 500,50` and `1500.5`. */
function asAmount(text: string): unknown {
  const plain = withoutBlanks(text).replace(',', '.');
  return /^\d{1,13}(\.\d{1,2})?$/.test(plain) ? Number(plain) : text;
}

/** `8 916 123-45-67` and whatever else people write. */
function asPhone(text: string): unknown {
  const msisdn = normaliseMsisdn(text);
  return msisdn === undefined ? text : `+${msisdn}`;
}

/** The columns of a file of orders, in the order of the template. A name or a title stands in the first line. */
// prettier-ignore
export const COLUMNS = {
  cardNumber:     { ru: 'Номер карты', en: 'Card number', read: withoutBlanks, isDigits: true },
  cardTypeId:     { ru: 'Вид карты',   en: 'Card type',   read: asId },
  tariffId:       { ru: 'Тариф',       en: 'Tariff',      read: asId },
  amount:         { ru: 'Сумма',       en: 'Amount',      read: asAmount },
  quantity:       { ru: 'Количество',  en: 'Quantity',    read: asCount },
  phone:          { ru: 'Телефон',     en: 'Phone',       read: asPhone },
  email:          { ru: 'Почта',       en: 'E-mail',      read: asText },
  regionId:       { ru: 'Регион',      en: 'Region',      read: asId },
  reference:      { ru: 'Ссылка заказчика', en: 'Reference',   read: asText },
  idempotencyKey: { ru: 'Ключ',        en: 'Key',         read: asText },
} as const satisfies Readonly<Record<string, FileColumn>>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

/** Which place of a line has which column. */
export interface FileHeader {
  readonly places: ReadonlyMap<ColumnName, number>;
  /** Titles that mean nothing here. */
  readonly unknown: readonly string[];
  readonly width: number;
}

/** @returns undefined when the line names no tariff, no phone, or neither a card nor a kind of card */
export function readFileHeader(cells: readonly Cell[]): FileHeader | undefined {
  const titles = cells.map(({ text }) => text.replaceAll(/\p{Cf}/gu, '').trim());
  const places = new Map<ColumnName, number>();
  const unknown: string[] = [];
  for (const [at, title] of titles.entries()) {
    const name = COLUMN_NAMES.find((one) =>
      [one, COLUMNS[one].ru, COLUMNS[one].en].some((known) => isSame(known, title)),
    );
    if (name !== undefined && !places.has(name)) places.set(name, at);
    else if (title !== '') unknown.push(title);
  }
  const isWhole =
    places.has('tariffId') && places.has('phone') && (places.has('cardNumber') || places.has('cardTypeId'));
  return isWhole ? { places, unknown, width: titles.findLastIndex((title) => title !== '') + 1 } : undefined;
}

function isSame(known: string, given: string): boolean {
  return known.toLowerCase() === given.toLowerCase();
}
