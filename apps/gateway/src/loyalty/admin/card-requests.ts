import {
  CARD_NUMBER_MAX_LENGTH,
  isCardNumber,
  normaliseDate,
  normaliseEmail,
  normaliseMsisdn,
} from '@vestibule/koshelek-contract';
import { createHash } from 'node:crypto';
import type { Actor } from '../../audit/actor.js';
import { decodeCursor, encodeCursor } from '../../http/cursor.js';
import { FieldReader, isInstant } from '../../http/field-reader.js';
import { readLimit, refuseCursor } from '../../http/page-query.js';
import { holdsContact } from './contact-in-text.js';
import type { Adjustment } from './adjust-balance.js';
import type { CardCursor, CardQuery } from './find-cards.js';

const MAX_INPUT = 255;
const MAX_WHY = 1_000;
const MAX_DESCRIPTION = 255;
/** A credit or a debit in decimals, written out: never a float. */
const AMOUNT = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/;

/**
 * Reads the query of `GET /admin/cards`: `number`, `phone` and `email`, all of which must match, `limit` (50 unless
 * given, 200 at most) and `cursor` of the page before.
 *
 * @throws ProblemError 422 with one entry per faulty parameter
 */
export function readCardQuery(query: unknown): CardQuery {
  const reader = new FieldReader(query, 'query', ['number', 'phone', 'email', 'limit', 'cursor']);
  const wanted = {
    number: reader.text('number', CARD_NUMBER_MAX_LENGTH),
    phone: normalised(reader, 'phone', normaliseMsisdn, 'Must be a phone number, such as +7 916 123-45-67.'),
    email: normalised(reader, 'email', normaliseEmail, 'Must be an e-mail address.'),
    limit: readLimit(reader),
    after: readCursor(reader),
  };
  reader.refuseFaults();
  return wanted;
}

function normalised(
  reader: FieldReader,
  name: string,
  normalise: (text: string) => string | undefined,
  must: string,
): string | undefined {
  const text = reader.text(name, MAX_INPUT);
  return text === undefined ? undefined : (normalise(text) ?? reader.fault(name, must));
}

/** A card number may hold a space, which parts a cursor. */
export function encodeCardCursor({ createdAt, number }: CardCursor): string {
  return encodeCursor([createdAt, encodeURIComponent(number)]);
}

function readCursor(reader: FieldReader): CardCursor | undefined {
  const text = reader.text('cursor', 512);
  if (text === undefined) return undefined;
  const [createdAt = '', encoded = ''] = decodeCursor(text, 2) ?? [];
  const number = /%(?![0-9A-F]{2})/.test(encoded) ? '' : decode(encoded);
  if (isInstant(createdAt) && isCardNumber(number)) return { createdAt, number };
  return refuseCursor(reader);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The only thing it throws is the URIError of a malformed sequence: no card has such a number.
    return '';
  }
}

/** Reads `{"why"}` of a block or its end. */
export function readReason(body: unknown, who: string): Actor {
  const reader = new FieldReader(body, 'body', ['why']);
  const why = readWhy(reader);
  reader.refuseFaults();
  return { who, why };
}

/**
 * Reads `{"amount", "description", "validUntil"?, "why"}`. The amount is a text of decimals, below zero for a debit.
 *
 * @throws ProblemError 422 with every fault
 */
export function readAdjustment(body: unknown, who: string): { adjustment: Adjustment; actor: Actor } {
  const reader = new FieldReader(body, 'body', ['amount', 'description', 'validUntil', 'why']);
  const amount = reader.required('amount', readAmount(reader));
  const description = reader.required('description', readSafeText(reader, 'description', MAX_DESCRIPTION));
  const validUntil = normalised(reader, 'validUntil', normaliseDate, 'Must be a day such as 2026-12-31.');
  if (amount?.startsWith('-') === true) reader.refuse('validUntil', 'Only for a credit: a debit spends what is there.');
  const why = readWhy(reader);
  reader.refuseFaults();
  const request = { amount: amount as string, description: description as string, validUntil };
  return { adjustment: { ...request, requestHash: hash([request, why]) }, actor: { who, why } };
}

function readAmount(reader: FieldReader): string | undefined {
  const must = 'Must be a text such as "100.50" or "-20": at most 12 digits and 4 decimals.';
  const amount = reader.matching('amount', AMOUNT, must);
  if (amount !== undefined && !/[1-9]/.test(amount)) return reader.fault('amount', 'Must not be zero.');
  return amount;
}

function readWhy(reader: FieldReader): string | undefined {
  return reader.required('why', readSafeText(reader, 'why', MAX_WHY));
}

function readSafeText(reader: FieldReader, name: string, max: number): string | undefined {
  const text = reader.text(name, max)?.trim();
  if (text === '') return reader.fault(name, 'Must say something.');
  if (text === undefined || !holdsContact(text)) return text;
  return reader.fault(name, 'Leave out phones and e-mails: this text is kept when a person is erased.');
}

function hash(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest();
}
