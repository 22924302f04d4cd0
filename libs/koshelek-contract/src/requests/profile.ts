import { loyaltyError, type LoyaltyError } from '../errors/loyalty-error.js';
import { normaliseDate } from '../fields/calendar-date.js';
import { normaliseEmail } from '../fields/email.js';
import { msisdnField } from '../fields/msisdn-error.js';
import { dropInvisible, hasForbiddenCharacter } from '../fields/text.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readObject } from './body.js';
import { normaliseSex, type Sex } from './sex.js';

/** Data of a holder; an absent field does not change. */
export interface Profile {
  firstname?: string;
  patronymic?: string;
  surname?: string;
  /** `YYYY-MM-DD`. */
  birthDate?: string;
  sex?: Sex;
  /** Digits, country code first, no plus. */
  phone?: string;
  /** Lower case, the domain in A-labels. */
  email?: string;
  countryCode?: string;
  locality?: string;
}

/** The limit of every field, in characters (koshelek-loyalty.md, "Profile"). */
export const PROFILE_FIELD_MAX_LENGTH = 50;

type ProfileField = keyof Profile;

/** Normalises a trimmed text, or returns its fault. */
type FieldReader = (text: string) => Reading<string>;

const READERS = {
  firstname: plainText('firstname'),
  patronymic: plainText('patronymic'),
  surname: plainText('surname'),
  birthDate: normalised(normaliseDate, loyaltyError('badDate', { field: 'birthDate' })),
  sex: normalised(normaliseSex, loyaltyError('fieldUnknownValue', { field: 'sex', allowed: 'м, ж, m, f' })),
  phone: msisdnField('phone'),
  email: normalised(normaliseEmail, loyaltyError('badEmail', { field: 'email' })),
  countryCode: plainText('countryCode'),
  locality: plainText('locality'),
} as const satisfies Record<ProfileField, FieldReader>;

const FIELD_BY_LOWER_CASE = new Map(
  (Object.keys(READERS) as ProfileField[]).map((field) => [field.toLowerCase(), field]),
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
    const value = READERS[field](text.value);
    if (!value.ok) return value;
    if (profile[field] !== undefined && profile[field] !== value.value)
      return refuse(loyaltyError('fieldRepeated', { field }));
    profile[field] = value.value;
  }
  return accept(profile as Profile);
}

function normalised(normalise: (text: string) => string | undefined, error: LoyaltyError): FieldReader {
  return (text) => {
    const value = normalise(text);
    return value === undefined ? refuse(error) : accept(value);
  };
}

function plainText(field: ProfileField): FieldReader {
  const error = loyaltyError('fieldForbiddenCharacter', { field });
  return (text) => (hasForbiddenCharacter(text) ? refuse(error) : accept(text));
}

function readText(field: ProfileField, given: unknown): Reading<string | undefined> {
  if (given === undefined || given === null) return accept(undefined);
  // The vendor's own Push Callback sends a phone as a JSON integer (koshelek-loyalty.md, "Neighbouring APIs").
  const value = field === 'phone' && typeof given === 'number' && Number.isSafeInteger(given) ? String(given) : given;
  if (typeof value !== 'string') return refuse(loyaltyError('fieldWrongType', { field, expected: 'строка' }));
  const text = dropInvisible(value).trim();
  if (text.length > PROFILE_FIELD_MAX_LENGTH) {
    return refuse(loyaltyError('fieldTooLong', { field, limit: PROFILE_FIELD_MAX_LENGTH }));
  }
  return accept(text === '' ? undefined : text);
}
