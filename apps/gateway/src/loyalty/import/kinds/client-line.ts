import { isValidBarcode, normaliseSex, type BarcodeType } from '@vestibule/koshelek-contract';
import { BARCODE, CARD_NUMBER } from '../pipeline/card-number-form.js';
import type { Columns, RowOf } from '../pipeline/columns.js';
import { BONUSES, EMAIL, NAME, PAST_DAY, PHONE } from '../pipeline/forms.js';

/** Кошелёк's offline registry of clients (koshelek-loyalty.md, "Neighbouring APIs"). */
export const CLIENT_COLUMNS = {
  card_number: { form: CARD_NUMBER, required: true },
  barcode: { form: BARCODE },
  date: { form: PAST_DAY },
  first_name: { form: NAME },
  last_name: { form: NAME },
  patronymic_name: { form: NAME },
  phone: { form: PHONE },
  email: { form: EMAIL },
  sex: { form: { type: 'text', parse: normaliseSex, reason: 'is neither m nor f' } },
  birthday: { form: PAST_DAY },
  bonus_balance: { form: BONUSES },
} as const satisfies Columns;

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

/** A line in the words of our tables, with the barcode that the registry leaves out. */
export function toClientLine(row: RowOf<typeof CLIENT_COLUMNS>): ClientLine {
  const barcode = row.barcode ?? row.card_number;
  return {
    line: row.line,
    cardNumber: row.card_number,
    barcode,
    barcodeType: barcodeTypeOf(barcode),
    issuedOn: row.date,
    firstName: row.first_name,
    surname: row.last_name,
    patronymic: row.patronymic_name,
    phone: row.phone,
    email: row.email,
    sex: row.sex,
    birthDate: row.birthday,
    balance: row.bonus_balance,
  };
}

/** The registry does not name the type: a number with a valid check digit gets the type of that digit. */
function barcodeTypeOf(barcode: string): BarcodeType {
  const types = ['EAN_13', 'EAN_8', 'UPC_A', 'CODE_128'] as const;
  return types.find((type) => isValidBarcode(type, barcode)) ?? 'QR_CODE';
}
