import {
  dropInvisible,
  isBirthDate,
  MSISDN_FAULTS,
  normaliseDate,
  normaliseEmail,
  PROFILE_FIELD_MAX_LENGTH,
  readMsisdn,
} from '@vestibule/koshelek-contract';
import type { Form } from './columns.js';

/** The forms that fields of several kinds have; amounts stay text from the file to PostgreSQL, so they stay exact. */

const CONTROL = /\p{Cc}/u;
/** The same without the line feed, which a text of several lines may have. */
const CONTROL_IN_LINES = /[^\P{Cc}\n]/u;
/**
 * Invisible characters: zero-width and direction marks, soft hyphens. Two texts that differ only in them look alike.
 */
const INVISIBLE = /\p{Cf}/u;
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

/** The same, for several lines: line breaks become line feeds. */
export function linesUpTo(length: number): Form {
  return {
    ...textUpTo(length),
    parse: (text) => (text.length <= length && !CONTROL_IN_LINES.test(text) ? text : undefined),
  };
}

/** Text that names a thing: what cannot be seen would make two of one. */
export function nameUpTo(length: number): Form {
  const text = textUpTo(length);
  return {
    type: 'text',
    parse: (given) => (INVISIBLE.test(given) ? undefined : text.parse(given)),
    reason: (given) => (INVISIBLE.test(given) ? 'has an invisible character in it' : (text.reason as string)),
  };
}

/** One of several words in any case; each has a value. */
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

/** A name of a person; invisible characters are removed. */
export const NAME: Form = {
  type: 'text',
  parse: (text) => textUpTo(PROFILE_FIELD_MAX_LENGTH).parse(dropInvisible(text)),
  reason: `is longer than ${PROFILE_FIELD_MAX_LENGTH} characters, or has a control character in it`,
};

/** An id in the system that the file comes from. */
export const EXTERNAL_ID: Form = nameUpTo(100);

export const PHONE: Form = {
  type: 'text',
  parse: (text) => {
    const reading = readMsisdn(text);
    return reading.kind === 'msisdn' ? reading.msisdn : undefined;
  },
  reason: (text) => {
    const reading = readMsisdn(text);
    return MSISDN_FAULTS[reading.kind === 'fault' ? reading.fault : 'characters'];
  },
};

export const EMAIL: Form = { type: 'text', parse: normaliseEmail, reason: 'is no e-mail address' };

/** A day as the offline registry writes it; it becomes `YYYY-MM-DD`. */
export const DAY: Form = {
  type: 'date',
  parse: (text) => normaliseDate(text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')),
  reason: 'is no date (YYYYMMDD)',
};

/** A day that has been, and on which persons of today can have been born: a birthday, or when a card was issued. */
export const PAST_DAY: Form = {
  type: 'date',
  parse: (text) => {
    const day = DAY.parse(text);
    return day !== undefined && isBirthDate(day, new Date()) ? day : undefined;
  },
  reason: (text) => (DAY.parse(text) === undefined ? 'is no date (YYYYMMDD)' : 'is before 1900, or in the future'),
};

export const TIME_OF_DAY: Form = {
  type: 'time',
  parse: matching(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/),
  reason: 'is no time (HH:MM or HH:MM:SS)',
};

/** Thousands to one, a fraction to another: a thousandfold more or less, and nothing in the file says which. */
const AMBIGUOUS = /^-?[1-9]\d{0,2}(?:[.,]\d{3})+$/;

function bonuses(form: RegExp, reason: string): Form {
  return {
    type: 'numeric',
    parse: (text) => (form.test(text) && !AMBIGUOUS.test(text) ? withPoint(text) : undefined),
    reason: (text) =>
      AMBIGUOUS.test(text) ? 'may mean thousands or a fraction; write thousands without a separator' : reason,
  };
}

/** A number of bonuses, not below zero. */
export const BONUSES: Form = bonuses(/^\d{1,15}([.,]\d{1,6})?$/, 'is no number of bonuses');

/** A number of bonuses above zero. */
export const SOME_BONUSES: Form = bonuses(/^(?=.*[1-9])\d{1,15}([.,]\d{1,6})?$/, 'is no number of bonuses above zero');

/** Bonuses of a purchase, which a return takes back. */
export const SIGNED_BONUSES: Form = bonuses(/^-?\d{1,15}([.,]\d{1,6})?$/, 'is no number of bonuses');

/** Three decimals are no thousands here: tills write grams of a kilogram so. */
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

/** The same, negative for a return. */
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
