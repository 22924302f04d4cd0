import { loyaltyError } from '../errors/loyalty-error.js';
import { normaliseDate } from '../fields/calendar-date.js';
import { normaliseEmail } from '../fields/email.js';
import { msisdnField } from '../fields/msisdn-error.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readParameter, type Query } from './query.js';

/** What a card is searched by, each in its normal form; the parameters combine with OR. At least one is there. */
export interface SearchQuery {
  /** Digits, country code first, no plus. */
  msisdn?: string;
  /** Lower case, the domain in A-labels. */
  email?: string;
  /** `YYYY-MM-DD`. */
  birthDate?: string;
}

/** A parameter of the search: its spellings, and the function that normalises a value or returns its fault. */
interface SearchParameter {
  readonly name: keyof SearchQuery;
  readonly spellings: readonly string[];
  readonly read: (text: string) => Reading<string>;
}

const PARAMETERS: readonly SearchParameter[] = [
  { name: 'msisdn', spellings: [], read: msisdnField('msisdn') },
  {
    name: 'email',
    spellings: [],
    read: (text) => {
      // No address has a space inside: it was a plus (name+tag@…) that the caller left unencoded.
      const email = normaliseEmail(text.trim().replaceAll(' ', '+'));
      return email === undefined ? refuse(loyaltyError('badEmail', { field: 'email' })) : accept(email);
    },
  },
  {
    name: 'birthDate',
    spellings: ['birthdate'],
    read: (text) => {
      const date = normaliseDate(text);
      return date === undefined ? refuse(loyaltyError('badDate', { field: 'birthDate' })) : accept(date);
    },
  },
];

const NOTHING_GIVEN = loyaltyError('noSearchParameter');

/**
 * Reads the query of method 1 (koshelek-loyalty.md, "Search"). Unknown parameters are ignored, empty ones count as
 * absent; a parameter with different values is refused, and so is a value that cannot be a phone, an e-mail or a date:
 * ignoring it would silently search for another person.
 */
export function readSearchQuery(query: Query): Reading<SearchQuery> {
  const search: SearchQuery = {};
  let given = false;
  for (const { name, spellings, read } of PARAMETERS) {
    const text = readParameter(query, name, ...spellings);
    if (!text.ok) return text;
    if (text.value === undefined) continue;
    const value = read(text.value);
    if (!value.ok) return value;
    search[name] = value.value;
    given = true;
  }
  return given ? accept(search) : refuse(NOTHING_GIVEN);
}
