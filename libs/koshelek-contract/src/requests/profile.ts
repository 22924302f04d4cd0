import { loyaltyError, type LoyaltyError } from '../errors/loyalty-error.js';
import { normaliseDate } from '../fields/calendar-date.js';
import { normaliseEmail } from '../fields/email.js';
import { normaliseMsisdn } from '../fields/msisdn.js';
import { hasForbiddenCharacter } from '../fields/text.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readObject } from './body.js';
import { normaliseSex, type Sex } from './sex.js';

/** What is said about a holder; a field that is absent is left as it was. */
export interface Profile {
  firstname?: string;
  patronymic?: string;
  surname?: string;
  /** `YYYY-MM-DD`. */
  birthDate?: string;
  sex?: Sex;
  /** Digits, country code first, no plus. */
  phone?: string;
  /** Lower case. */
  email?: string;
  countryCode?: string;
  locality?: string;
}

/** The limit of every field, in characters (koshelek-loyalty.md, "Profile"). */
export const PROFILE_FIELD_MAX_LENGTH = 50;

type ProfileField = keyof Profile;

interface FieldRule {
  /** The normal form of a trimmed text, or `undefined`. */
  readonly normalise: (text: string) => string | undefined;
  /** The error of a text that has no normal form. */
  readonly error: LoyaltyError;
}

const RULES = {
  firstname: plainText('firstname'),
  patronymic: plainText('patronymic'),
  surname: plainText('surname'),
  birthDate: { normalise: normaliseDate, error: loyaltyError('badDate', { field: 'birthDate' }) },
  sex: { normalise: normaliseSex, error: loyaltyError('fieldUnknownValue', { field: 'sex', allowed: 'м, ж, m, f' }) },
  phone: { normalise: normaliseMsisdn, error: loyaltyError('badMsisdn', { field: 'phone' }) },
  email: { normalise: normaliseEmail, error: loyaltyError('badEmail', { field: 'email' }) },
  countryCode: plainText('countryCode'),
  locality: plainText('locality'),
} as const satisfies Record<ProfileField, FieldRule>;

const FIELD_BY_LOWER_CASE = new Map(
  (Object.keys(RULES) as ProfileField[]).map((field) => [field.toLowerCase(), field]),
);

/**
 * Reads the body of methods 4, 7 and 8 (koshelek-loyalty.md, "Profile"). Names of fields match without regard to case,
 * unknown ones are ignored. Null and empty values count as absent: a profile is filled in, never erased, by this
 * call. A field under two spellings must say the same in both.
 */
export function readProfile(body: unknown): Reading<Profile> {
  const object = readObject(body);
  if (!object.ok) return object;
  const profile: Partial<Record<ProfileField, string>> = {};
  for (const [name, given] of Object.entries(object.value)) {
    const field = FIELD_BY_LOWER_CASE.get(name.toLowerCase());
    if (field === undefined) continue;
    const text = readText(field, given);
    if (!text.ok) return text;
    if (text.value === undefined) continue;
    const value = RULES[field].normalise(text.value);
    if (value === undefined) return refuse(RULES[field].error);
    if (profile[field] !== undefined && profile[field] !== value)
      return refuse(loyaltyError('fieldRepeated', { field }));
    profile[field] = value;
  }
  return accept(profile as Profile);
}

function plainText(field: ProfileField): FieldRule {
  return {
    normalise: (text) => (hasForbiddenCharacter(text) ? undefined : text),
    error: loyaltyError('fieldForbiddenCharacter', { field }),
  };
}

function readText(field: ProfileField, given: unknown): Reading<string | undefined> {
  if (given === undefined || given === null) return accept(undefined);
  // The vendor's own Push Callback sends a phone as a JSON integer (koshelek-loyalty.md, "Neighbouring APIs").
  const value = field === 'phone' && typeof given === 'number' && Number.isSafeInteger(given) ? String(given) : given;
  if (typeof value !== 'string') return refuse(loyaltyError('fieldWrongType', { field, expected: 'строка' }));
  const text = value.trim();
  if (text.length > PROFILE_FIELD_MAX_LENGTH) {
    return refuse(loyaltyError('fieldTooLong', { field, limit: PROFILE_FIELD_MAX_LENGTH }));
  }
  return accept(text === '' ? undefined : text);
}
