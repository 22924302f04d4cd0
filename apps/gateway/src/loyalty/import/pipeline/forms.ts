import { isCardNumber, normaliseDate, normaliseMsisdn, PROFILE_FIELD_MAX_LENGTH } from '@vestibule/koshelek-contract';
import type { Form } from './columns.js';

/** The forms that fields of several kinds have; amounts stay text from the file to PostgreSQL, so they stay exact. */

const CONTROL = /\p{Cc}/u;
const URL_MAX_LENGTH = 2000;

function matching(form: RegExp, then: (text: string) => string = (text) => text): Form['parse'] {
  return (text) => (form.test(text) ? then(text) : undefined);
}

const withPoint = (text: string): string => text.replace(',', '.');

/** Any text of at most so many characters. */
export function textUpTo(length: number): Form {
  return {
    type: 'text',
    parse: (text) => (text.length <= length && !CONTROL.test(text) ? text : undefined),
    reason: `is longer than ${length} characters, or has a control character in it`,
  };
}

/** One of some words, without regard to case; each stands for a value. */
export function oneOf(words: Readonly<Record<string, string>>, type: Form['type'] = 'text'): Form {
  const values = new Map(Object.entries(words).map(([word, value]) => [word.toLowerCase(), value]));
  return {
    type,
    parse: (text) => values.get(text.toLowerCase()),
    reason: `is none of ${Object.keys(words).join(', ')}`,
  };
}

/** A whole number from one on. */
export const COUNT: Form = {
  type: 'integer',
  parse: matching(/^[1-9]\d{0,8}$/),
  reason: 'is no whole number above zero',
};

/** Days: up to a hundred years, so that no date outgrows the calendar. */
export const DAYS: Form = {
  type: 'integer',
  parse: (text) => (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 36_525 ? text : undefined),
  reason: 'is no whole number of days from 1 to 36525',
};

export const NAME: Form = {
  ...textUpTo(PROFILE_FIELD_MAX_LENGTH),
  reason: `is longer than ${PROFILE_FIELD_MAX_LENGTH} characters`,
};

/** What names a thing in the system the file comes from. */
export const EXTERNAL_ID: Form = textUpTo(100);

export const CARD_NUMBER: Form = {
  type: 'text',
  parse: (text) => (isCardNumber(text) ? text : undefined),
  reason: 'is no card number',
};

export const PHONE: Form = { type: 'text', parse: normaliseMsisdn, reason: 'is no phone number' };

/** A day as the offline registry writes it; it becomes `YYYY-MM-DD`. */
export const DAY: Form = {
  type: 'date',
  parse: (text) => normaliseDate(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')),
  reason: 'is no date (YYYYMMDD)',
};

export const TIME_OF_DAY: Form = {
  type: 'time',
  parse: matching(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/),
  reason: 'is no time (HH:MM or HH:MM:SS)',
};

/** A number of bonuses, not below zero. */
export const BONUSES: Form = {
  type: 'numeric',
  parse: matching(/^\d{1,15}([.,]\d{1,6})?$/, withPoint),
  reason: 'is no number of bonuses',
};

/** A number of bonuses above zero. */
export const SOME_BONUSES: Form = {
  type: 'numeric',
  parse: (text) => (/[1-9]/.test(text) ? BONUSES.parse(text) : undefined),
  reason: 'is no number of bonuses above zero',
};

/** Bonuses of a purchase, which a return takes back. */
export const SIGNED_BONUSES: Form = {
  type: 'numeric',
  parse: matching(/^-?\d{1,15}([.,]\d{1,6})?$/, withPoint),
  reason: 'is no number of bonuses',
};

export const QUANTITY: Form = {
  type: 'numeric',
  parse: matching(/^-?\d{1,15}([.,]\d{1,6})?$/, withPoint),
  reason: 'is no quantity',
};

export const PERCENT: Form = {
  type: 'numeric',
  parse: matching(/^(\d{1,2}([.,]\d{1,4})?|100([.,]0{1,4})?)$/, withPoint),
  reason: 'is no percentage from 0 to 100',
};

/** Roubles with at most two decimals. */
export const ROUBLES: Form = {
  type: 'numeric',
  parse: matching(/^\d{1,13}([.,]\d{1,2})?$/, withPoint),
  reason: 'is no sum in roubles with at most two decimals',
};

/** The same, below zero for what is returned. */
export const SIGNED_ROUBLES: Form = {
  ...ROUBLES,
  parse: matching(/^-?\d{1,13}([.,]\d{1,2})?$/, withPoint),
};

export const WEB_ADDRESS: Form = {
  type: 'text',
  parse: (text) =>
    text.length <= URL_MAX_LENGTH && /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text) ? text : undefined,
  reason: `is no http(s) address of at most ${URL_MAX_LENGTH} characters`,
};
