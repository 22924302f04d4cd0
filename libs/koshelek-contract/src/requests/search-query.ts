import { loyaltyError, type LoyaltyError } from '../errors/loyalty-error.js';
import { normaliseDate } from '../fields/calendar-date.js';
import { normaliseEmail } from '../fields/email.js';
import { normaliseMsisdn } from '../fields/msisdn.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readParameter, type Query } from './query.js';

/** What a card is searched by, each in its normal form; the parameters combine with OR. At least one is there. */
export interface SearchQuery {
  /** Digits, country code first, no plus. */
  msisdn?: string;
  /** Lower case. */
  email?: string;
  /** `YYYY-MM-DD`. */
  birthDate?: string;
}

/** A parameter of the search: its spellings, its normal form, and the error of a value that has none. */
interface SearchParameter {
  readonly name: keyof SearchQuery;
  readonly spellings: readonly string[];
  readonly normalise: (text: string) => string | undefined;
  readonly error: LoyaltyError;
}

const PARAMETERS: readonly SearchParameter[] = [
  {
    name: 'msisdn',
    spellings: [],
    normalise: normaliseMsisdn,
    error: loyaltyError('badMsisdn', { field: 'msisdn' }),
  },
  {
    name: 'email',
    spellings: [],
    // No address has a space inside: it was a plus (name+tag@…) that the caller left unencoded.
    normalise: (text) => normaliseEmail(text.trim().replaceAll(' ', '+')),
    error: loyaltyError('badEmail', { field: 'email' }),
  },
  {
    name: 'birthDate',
    spellings: ['birthdate'],
    normalise: normaliseDate,
    error: loyaltyError('badDate', { field: 'birthDate' }),
  },
];

const NOTHING_GIVEN = loyaltyError('noSearchParameter');

/**
 * Reads the query of method 1 (koshelek-loyalty.md, "Search"). Unknown parameters are ignored, empty ones count as
 * absent; one that is repeated with different values is refused, and so is a value that cannot be a phone, an e-mail or
 * a date: ignoring it would quietly search for somebody else.
 */
export function readSearchQuery(query: Query): Reading<SearchQuery> {
  const search: SearchQuery = {};
  let given = false;
  for (const { name, spellings, normalise, error } of PARAMETERS) {
    const text = readParameter(query, name, ...spellings);
    if (!text.ok) return text;
    if (text.value === undefined) continue;
    const value = normalise(text.value);
    if (value === undefined) return refuse(error);
    search[name] = value;
    given = true;
  }
  return given ? accept(search) : refuse(NOTHING_GIVEN);
}
