import {
  CARD_NUMBER_MAX_LENGTH,
  isCardNumber,
  normaliseDate,
  normaliseEmail,
  normaliseMsisdn,
} from '@vestibule/koshelek-contract';
import { createHash } from 'node:crypto';
import type { Actor } from '../../audit/actor.js';
import { publicText, WHY } from '../../audit/why.js';
import { decodeCursor, encodeCursor } from '../../http/cursor.js';
import { isInstant } from '../../http/instant.js';
import { format } from '../../http/schema/formats.js';
import { pageBy } from '../../http/schema/page.js';
import { bodyReader, queryReader } from '../../http/schema/read-request.js';
import { optional, refused, request, textUpTo, where } from '../../http/schema/schema.js';
import type { Adjustment } from './adjust-balance.js';
import type { CardCursor, CardQuery } from './find-cards.js';

const MAX_INPUT = { minLength: 1, maxLength: 255 };

/** A format of texts that have a normal form. */
const normalised = (name: string, normalise: (text: string) => string | undefined, must: string) =>
  format(name, (text) => normalise(text) !== undefined, must);

const holderPhone = normalised('msisdn', normaliseMsisdn, 'Must be a phone number, such as +7 916 123-45-67.');
const email = normalised('holder-email', normaliseEmail, 'Must be an e-mail address.');
const day = normalised('day', normaliseDate, 'Must be a day such as 2026-12-31.');
/** A credit or a debit in decimals, written out: never a float. */
const amount = format(
  'bonuses',
  /^-?(?=.*[1-9])(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/,
  'Must be a text such as "100.50" or "-20", not zero: at most 12 digits and 4 decimals.',
);

/** What `GET /admin/cards` takes; each that is given must fit. */
export const CARD_QUERY = request({
  number: optional(textUpTo(CARD_NUMBER_MAX_LENGTH, 'Only the card with this number.')),
  phone: optional(holderPhone('Only cards of this phone, in any spelling.', MAX_INPUT)),
  email: optional(email('Only cards of this e-mail, in any case.', MAX_INPUT)),
  ...pageBy('cursor-of-cards', 512, readCursor),
});
const readQuery = queryReader(CARD_QUERY);

/** What a block or its end takes. */
export const REASON_REQUEST = request({ why: WHY });
const readWhy = bodyReader(REASON_REQUEST);

/** What a credit or a debit takes. */
export const ADJUSTMENT_REQUEST = request(
  {
    amount: amount('How many bonuses, in decimals; below zero for a debit.'),
    description: publicText('What the holder sees.', MAX_INPUT),
    validUntil: optional(day('The last day of the bonuses.', MAX_INPUT)),
    why: WHY,
  },
  where(
    'amount',
    { pattern: '^-' },
    { properties: { validUntil: refused('Only for a credit: a debit spends what is there.') } },
  ),
);
const readAdjust = bodyReader(ADJUSTMENT_REQUEST);

/** @throws ProblemError 422 with one entry per faulty parameter */
export function readCardQuery(query: unknown): CardQuery {
  const { number, phone, email: address, limit, cursor } = readQuery(query);
  return {
    number,
    phone: phone === undefined ? undefined : normaliseMsisdn(phone),
    email: address === undefined ? undefined : normaliseEmail(address),
    limit,
    after: cursor === undefined ? undefined : readCursor(cursor),
  };
}

/** A card number may hold a space, which parts a cursor. */
export function encodeCardCursor({ createdAt, number }: CardCursor): string {
  return encodeCursor([createdAt, encodeURIComponent(number)]);
}

function readCursor(text: string): CardCursor | undefined {
  const [createdAt = '', encoded = ''] = decodeCursor(text, 2) ?? [];
  const number = /%(?![0-9A-F]{2})/.test(encoded) ? '' : decode(encoded);
  return isInstant(createdAt) && isCardNumber(number) ? { createdAt, number } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The only thing it throws is the URIError of a malformed sequence: no card has such a number.
    return '';
  }
}

/** @throws ProblemError 422 with every fault */
export function readReason(body: unknown, who: string): Actor {
  return { who, why: readWhy(body).why.trim() };
}

/** @throws ProblemError 422 with every fault */
export function readAdjustment(body: unknown, who: string): { adjustment: Adjustment; actor: Actor } {
  const { amount: bonuses, description, validUntil, why: given } = readAdjust(body);
  const why = given.trim();
  const wanted = {
    amount: bonuses,
    description: description.trim(),
    validUntil: validUntil === undefined ? undefined : normaliseDate(validUntil),
  };
  return { adjustment: { ...wanted, requestHash: hash([wanted, why]) }, actor: { who, why } };
}

function hash(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest();
}
