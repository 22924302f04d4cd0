import { normaliseMsisdn } from '@vestibule/koshelek-contract';
import { ORDER_PHONE } from '@vestibule/troika-contract';
import type { Actor } from '../../audit/actor.js';
import { WHY as WHY_TEXT } from '../../audit/why.js';
import { format, moment } from '../../http/schema/formats.js';
import { bodyReader, queryReader } from '../../http/schema/read-request.js';
import {
  choicesOf,
  flag,
  integer,
  oneOf,
  optional,
  refused,
  request,
  someOf,
  textUpTo,
  where,
  type Schema,
} from '../../http/schema/schema.js';
import { MAX_REFERENCE } from '../../orders/api/order-query.js';
import { PURGEABLE, type PurgeFilter } from '../../orders/ledger/decisions/purge-orders.js';
import { REPLAYABLE, type ReplayFilter } from '../../orders/ledger/decisions/replay-orders.js';

/** The phone of a person who is to be erased. */
export interface ErasurePhone {
  /** In the programme's form; undefined for one that only orders accept. */
  readonly msisdn: string | undefined;
  /** As producers may have written it. */
  readonly inOrders: readonly string[];
}

/** What a person says of an unknown order. */
export type ResolveRequest =
  | { readonly kind: 'confirmed'; readonly troikaOrderId: string; readonly force: boolean }
  | { readonly kind: 'resend' }
  | { readonly kind: 'fail' };

/** A request of an operator, with its data for the audit. */
export interface Decided<T> {
  readonly request: T;
  readonly actor: Actor;
}

const WHY = optional(WHY_TEXT);
const REFERENCE = optional(textUpTo(MAX_REFERENCE, 'Only orders with this reference.'));
const BULK_LIMIT = integer('How many at most.', { minimum: 1, maximum: 10_000, default: 1_000 });

const partnerId = format(
  'partner-id',
  (id) => /^[1-9]\d{0,15}$/.test(id) && Number.isSafeInteger(Number(id)),
  'Must be a whole number from 1 up to 9007199254740991, or its digits as a text.',
);
const ORDER_ID_THERE: Schema<string | number> = partnerId('The id of the order at Тройка Бизнес.', {
  type: ['integer', 'string'],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
});
const phone = format(
  'phone',
  (given) => readPhone(given) !== undefined,
  'Must be a phone number, such as +7 916 123-45-67.',
);

// oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
const fieldThen = <F>(field: F): { then: F } => ({ then: field });
const ONLY_CONFIRMED = refused('Only for the decision "confirmed".');

export const RESOLVE_REQUEST = request(
  {
    decision: oneOf(['confirmed', 'not-created'], 'What became of it at Тройка Бизнес.'),
    ...fieldThen(optional(oneOf(['resend', 'fail'], 'What to do with an order that was not created.'))),
    troikaOrderId: optional(ORDER_ID_THERE),
    force: optional(flag('Also when Тройка Бизнес cannot be asked.')),
    why: WHY,
  },
  where(
    'decision',
    { const: 'confirmed' },
    { required: ['troikaOrderId'], properties: fieldThen(refused('Only for the decision "not-created".')) },
    where(
      'decision',
      { const: 'not-created' },
      { required: ['then'], properties: { troikaOrderId: ONLY_CONFIRMED, force: ONLY_CONFIRMED } },
    ),
  ),
);
const readResolve = bodyReader(RESOLVE_REQUEST);

/** What `GET /admin/orders/{id}/check` takes. */
export const CHECK_QUERY = request({
  troikaOrderId: partnerId('The id of the order at Тройка Бизнес.', { maxLength: 16 }),
});
const readCheck = queryReader(CHECK_QUERY);

export const WHY_REQUEST = request({ why: WHY });
const readReason = bodyReader(WHY_REQUEST);

export const REPLAY_REQUEST = request({
  status: someOf(REPLAYABLE, 'Only orders in these states.'),
  reference: REFERENCE,
  from: optional(moment('Accepted at this moment or later.')),
  to: optional(moment('Accepted before this moment.')),
  limit: BULK_LIMIT,
  why: WHY,
});
const readReplay = bodyReader(REPLAY_REQUEST);

export const PURGE_REQUEST = request({
  status: someOf(PURGEABLE, 'Only orders in these states.'),
  olderThanDays: integer('Only orders that last changed so many days ago.', { minimum: 1, maximum: 36_500 }),
  reference: REFERENCE,
  limit: BULK_LIMIT,
  why: WHY,
});
const readPurge = bodyReader(PURGE_REQUEST);

export const ERASURE_REQUEST = request({
  phone: phone('The phone of the person.', { maxLength: 50 }),
  why: WHY,
});
const readErasure = bodyReader(ERASURE_REQUEST);

export const ERASURE_PREVIEW_REQUEST = request({ phone: phone('The phone of the person.', { maxLength: 50 }) });
const readPreview = bodyReader(ERASURE_PREVIEW_REQUEST);

/** @throws ProblemError 422 with every fault */
export function readResolveRequest(body: unknown, who: string): Decided<ResolveRequest> {
  const { decision, then, troikaOrderId, force = false, why } = readResolve(body);
  const confirmed = { kind: 'confirmed', troikaOrderId: String(troikaOrderId), force } as const;
  return { request: decision === 'confirmed' ? confirmed : { kind: then ?? 'fail' }, actor: { who, why } };
}

/** @returns the id at Тройка Бизнес, as digits @throws ProblemError 422 with every fault */
export function readCheckQuery(query: unknown): string {
  return readCheck(query).troikaOrderId;
}

/** A body that says nothing but why; none at all says as much. @throws ProblemError 422 with every fault */
export function readWhy(body: unknown, who: string): Actor {
  return { who, why: readReason(body).why };
}

/** @throws ProblemError 422 with every fault */
export function readReplayRequest(body: unknown, who: string): Decided<ReplayFilter> {
  const { status, reference, from, to, limit, why } = readReplay(body);
  return { request: { statuses: choicesOf(status), reference, from, to, limit }, actor: { who, why } };
}

/** @throws ProblemError 422 with every fault */
export function readPurgeRequest(body: unknown, who: string): Decided<PurgeFilter> {
  const { status, olderThanDays, reference, limit, why } = readPurge(body);
  return { request: { statuses: choicesOf(status), olderThanDays, reference, limit }, actor: { who, why } };
}

/** @throws ProblemError 422 with every fault */
export function readErasureRequest(body: unknown, who: string): Decided<ErasurePhone> {
  const { phone: given, why } = readErasure(body);
  return { request: readPhone(given) as ErasurePhone, actor: { who, why } };
}

/** @throws ProblemError 422 with every fault */
export function readErasurePreview(body: unknown): ErasurePhone {
  return readPhone(readPreview(body).phone) as ErasurePhone;
}

function readPhone(given: string): ErasurePhone | undefined {
  const msisdn = normaliseMsisdn(given);
  const asOrdered = ORDER_PHONE.test(given) ? [given] : [];
  if (msisdn === undefined && asOrdered.length === 0) return undefined;
  return { msisdn, inOrders: [...new Set([...asOrdered, ...(msisdn === undefined ? [] : [`+${msisdn}`])])] };
}
