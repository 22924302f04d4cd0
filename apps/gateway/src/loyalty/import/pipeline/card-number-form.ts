import { isCardNumber, LOYALTY_METHODS } from '@vestibule/koshelek-contract';
import type { Form } from './columns.js';

/** A fault of a card number or a barcode, and its message for the person who sent the file. */
interface Fault {
  readonly found: RegExp;
  readonly reason: string;
}

/** What spreadsheets turn a number into. Most of it cannot be reversed, so nothing is guessed. */
const SPREADSHEET_FAULTS: readonly Fault[] = [
  { found: /\p{Cf}/u, reason: 'has an invisible character in it' },
  { found: /^[=@]/, reason: 'is a spreadsheet formula; export the value of the cell' },
  { found: /^['`’]/, reason: 'begins with an apostrophe, the mark of a spreadsheet for text; export without it' },
  { found: /["«»“”„]/, reason: 'has a quote in it' },
  { found: /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i, reason: 'is written as a power of ten: its last digits are lost' },
  { found: /^[+-]?\d+(?:[.,]\d+)+$/, reason: 'is written as a decimal number' },
  { found: /^#/, reason: 'is an error or a cell that is too narrow of a spreadsheet' },
  {
    found: /^(?:nan|null|nil|none|undefined|n\/a|н\/д|true|false|истина|ложь)$/i,
    reason: 'is a word for a value that is missing',
  },
];

/** Only for a card number: a barcode may be any text that its type can carry. */
const NUMBER_FAULTS: readonly Fault[] = [
  { found: /^(?:итого?|всего|сумма|(?:grand |sub)?total|sum)(?![\p{L}\p{N}])/iu, reason: 'is the name of a total row' },
  { found: /\s/, reason: 'has a blank in it' },
];

/** Words that the loyalty API uses in the position of a card number. */
const WORDS_OF_THE_API = new Set(
  LOYALTY_METHODS.map(({ path }) => path.split('/')).flatMap(([, first, second = '']) =>
    first === 'card' && second !== '' && !second.startsWith('{') ? [second.toLowerCase()] : [],
  ),
);

/** Text that can be the number of a card: leading zeros count, digits are not required. */
export const CARD_NUMBER: Form = {
  type: 'text',
  parse: (text) => (numberFault(text) === undefined ? text : undefined),
  reason: (text) => numberFault(text) ?? 'is no card number',
};

/** Text that a barcode can carry. */
export const BARCODE: Form = {
  type: 'text',
  parse: (text) => (barcodeFault(text) === undefined ? text : undefined),
  reason: (text) => barcodeFault(text) ?? 'is no barcode',
};

function numberFault(text: string): string | undefined {
  const found = faultAmong([...SPREADSHEET_FAULTS, ...NUMBER_FAULTS], text);
  if (found !== undefined) return found;
  if (WORDS_OF_THE_API.has(text.toLowerCase())) return 'is a reserved word of the loyalty API';
  return isCardNumber(text) ? undefined : 'is longer than 50 characters, or has a control character in it';
}

function barcodeFault(text: string): string | undefined {
  return faultAmong(SPREADSHEET_FAULTS, text) ?? (isCardNumber(text) ? undefined : 'is no barcode');
}

function faultAmong(faults: readonly Fault[], text: string): string | undefined {
  return faults.find(({ found }) => found.test(text))?.reason;
}
