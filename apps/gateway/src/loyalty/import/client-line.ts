import {
  isCardNumber,
  isValidBarcode,
  normaliseDate,
  normaliseEmail,
  normaliseMsisdn,
  normaliseSex,
  PROFILE_FIELD_MAX_LENGTH,
  type BarcodeType,
} from '@vestibule/koshelek-contract';

/** A client of the registry, each value in its normal form; `null` is what the line does not say. */
export interface ClientLine {
  readonly line: number;
  readonly cardNumber: string;
  readonly barcode: string;
  readonly barcodeType: BarcodeType;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string | null;
  readonly firstName: string | null;
  readonly surname: string | null;
  readonly patronymic: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly sex: string | null;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  /** A decimal number, not below zero. */
  readonly balance: string | null;
}

/** A line that was not imported: the field at fault and why. It never repeats the value, which is personal data. */
export interface Rejection {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export type Columns = ReadonlyMap<string, number>;

/** The columns of a header line, without regard to case. */
export function readHeader(fields: readonly string[]): Columns {
  // The file may begin with a byte order mark, which a trim takes for a space.
  return new Map(fields.map((name, at) => [name.trim().toLowerCase(), at]));
}

/** A fault of one field, on its way out of the reader below. */
class FieldFault {
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {}
}

type Parse = (text: string) => string | undefined;

/** Reads one line of Кошелёк's offline registry (contract, "The vendor's neighbouring APIs"). */
export function readClientLine(line: number, columns: Columns, fields: readonly string[]): ClientLine | Rejection {
  const read = (field: string, parse: Parse, reason: string): string | null | FieldFault => {
    const text = fields[columns.get(field) ?? -1]?.trim() ?? '';
    return text === '' ? null : (parse(text) ?? new FieldFault(field, reason));
  };
  const cardNumber = read('card_number', (text) => (isCardNumber(text) ? text : undefined), 'is no card number');
  const found = {
    barcode: read('barcode', (text) => (isCardNumber(text) ? text : undefined), 'is no barcode'),
    issuedOn: read('date', readDay, 'is no date (YYYYMMDD)'),
    firstName: read('first_name', readName, `is longer than ${PROFILE_FIELD_MAX_LENGTH} characters`),
    surname: read('last_name', readName, `is longer than ${PROFILE_FIELD_MAX_LENGTH} characters`),
    patronymic: read('patronymic_name', readName, `is longer than ${PROFILE_FIELD_MAX_LENGTH} characters`),
    phone: read('phone', normaliseMsisdn, 'is no phone number'),
    email: read('email', normaliseEmail, 'is no e-mail address'),
    sex: read('sex', normaliseSex, 'is neither m nor f'),
    birthDate: read('birthday', readDay, 'is no date (YYYYMMDD)'),
    balance: read('bonus_balance', readAmount, 'is no number of bonuses'),
  };
  for (const value of [cardNumber, ...Object.values(found)]) {
    if (value instanceof FieldFault) return { line, field: value.field, reason: value.reason };
  }
  if (typeof cardNumber !== 'string') return { line, field: 'card_number', reason: 'is missing' };
  const valid = found as Readonly<Record<keyof typeof found, string | null>>;
  const barcode = valid.barcode ?? cardNumber;
  return { ...valid, line, cardNumber, barcode, barcodeType: barcodeTypeOf(barcode) };
}

function readName(text: string): string | undefined {
  return text.length <= PROFILE_FIELD_MAX_LENGTH && !/\p{Cc}/u.test(text) ? text : undefined;
}

function readDay(text: string): string | undefined {
  return normaliseDate(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
}

function readAmount(text: string): string | undefined {
  return /^\d{1,15}([.,]\d{1,6})?$/.test(text) ? text.replace(',', '.') : undefined;
}

/** The registry does not name the type: what has a valid check digit is drawn as such. */
function barcodeTypeOf(barcode: string): BarcodeType {
  const types = ['EAN_13', 'EAN_8', 'UPC_A', 'CODE_128'] as const;
  return types.find((type) => isValidBarcode(type, barcode)) ?? 'QR_CODE';
}
