import { normaliseMsisdn } from '@vestibule/koshelek-contract';
import { FieldReader } from '../../http/field-reader.js';
import type { Actor } from '../../audit/actor.js';
import { PURGEABLE, type PurgeFilter } from '../../orders/ledger/decisions/purge-orders.js';
import { REPLAYABLE, type ReplayFilter } from '../../orders/ledger/decisions/replay-orders.js';
import { MAX_REFERENCE } from '../../orders/api/order-query.js';

const MAX_WHY = 1_000;
const DEFAULT_BULK = 1_000;
const MAX_BULK = 10_000;
const MAX_PHONE = 50;
/** What orders take for a phone, longer than any there is. */
const ORDER_PHONE = /^\+7\d{10,14}$/;

/** The phone of a person who is to be forgotten. */
export interface ErasurePhone {
  /** As the programme knows it; undefined for one that orders alone take. */
  readonly msisdn: string | undefined;
  /** As producers may have written it. */
  readonly inOrders: readonly string[];
}

/** What a person says of an unknown order. */
export type ResolveRequest =
  | { readonly kind: 'confirmed'; readonly troikaOrderId: string; readonly force: boolean }
  | { readonly kind: 'resend' }
  | { readonly kind: 'fail' };

/** A request of an operator, with what the audit keeps of it. */
export interface Decided<T> {
  readonly request: T;
  readonly actor: Actor;
}

/**
 * Reads `{"decision": "confirmed", "troikaOrderId", "force"?}` or `{"decision": "not-created", "then": "resend" |
 * "fail"}`, each with `"why"?`.
 *
 * @throws ProblemError 422 with every fault
 */
export function readResolveRequest(body: unknown, who: string): Decided<ResolveRequest> {
  const reader = new FieldReader(body, 'body', ['decision', 'troikaOrderId', 'force', 'then', 'why']);
  const decision = reader.required('decision', reader.oneOf('decision', ['confirmed', 'not-created']));
  const actor = readDecider(reader, who);
  if (decision === undefined) reader.refuseFaults();
  if (decision === 'not-created') {
    for (const name of ['troikaOrderId', 'force']) reader.refuse(name, 'Only for the decision "confirmed".');
    const then = reader.required('then', reader.oneOf('then', ['resend', 'fail']));
    reader.refuseFaults();
    return { request: { kind: then as 'resend' | 'fail' }, actor };
  }
  reader.refuse('then', 'Only for the decision "not-created".');
  const troikaOrderId = reader.required('troikaOrderId', reader.id('troikaOrderId'));
  const force = reader.flag('force') ?? false;
  reader.refuseFaults();
  return { request: { kind: 'confirmed', troikaOrderId: troikaOrderId as string, force }, actor };
}

/** Reads a body that says nothing but `{"why"?}`; no body at all says as much. */
export function readWhy(body: unknown, who: string): Actor {
  const reader = new FieldReader(body ?? {}, 'body', ['why']);
  const actor = readDecider(reader, who);
  reader.refuseFaults();
  return actor;
}

/** Reads `{"status", "reference"?, "from"?, "to"?, "limit"?, "why"?}`; the times are those of acceptance. */
export function readReplayRequest(body: unknown, who: string): Decided<ReplayFilter> {
  const reader = new FieldReader(body, 'body', ['status', 'reference', 'from', 'to', 'limit', 'why']);
  const request = {
    statuses: reader.required('status', reader.someOf('status', REPLAYABLE)) ?? [],
    reference: reader.text('reference', MAX_REFERENCE),
    from: reader.instant('from'),
    to: reader.instant('to'),
    limit: reader.wholeNumber('limit', 1, MAX_BULK) ?? DEFAULT_BULK,
  };
  const actor = readDecider(reader, who);
  reader.refuseFaults();
  return { request, actor };
}

/** Reads `{"status", "olderThanDays", "reference"?, "limit"?, "why"?}`. */
export function readPurgeRequest(body: unknown, who: string): Decided<PurgeFilter> {
  const reader = new FieldReader(body, 'body', ['status', 'olderThanDays', 'reference', 'limit', 'why']);
  const request = {
    statuses: reader.required('status', reader.someOf('status', PURGEABLE)) ?? [],
    olderThanDays: reader.required('olderThanDays', reader.wholeNumber('olderThanDays', 1, 36_500)) ?? 0,
    reference: reader.text('reference', MAX_REFERENCE),
    limit: reader.wholeNumber('limit', 1, MAX_BULK) ?? DEFAULT_BULK,
  };
  const actor = readDecider(reader, who);
  reader.refuseFaults();
  return { request, actor };
}

/** Reads `{"phone", "why"?}`. */
export function readErasureRequest(body: unknown, who: string): Decided<ErasurePhone> {
  const reader = new FieldReader(body, 'body', ['phone', 'why']);
  const given = reader.required('phone', reader.text('phone', MAX_PHONE));
  const phone = given === undefined ? undefined : readPhone(given);
  if (given !== undefined && phone === undefined) {
    reader.fault('phone', 'Must be a phone number, such as +7 916 123-45-67.');
  }
  const actor = readDecider(reader, who);
  reader.refuseFaults();
  return { request: phone as ErasurePhone, actor };
}

function readPhone(given: string): ErasurePhone | undefined {
  const msisdn = normaliseMsisdn(given);
  const asOrdered = ORDER_PHONE.test(given) ? [given] : [];
  if (msisdn === undefined && asOrdered.length === 0) return undefined;
  return { msisdn, inOrders: [...new Set([...asOrdered, ...(msisdn === undefined ? [] : [`+${msisdn}`])])] };
}

function readDecider(reader: FieldReader, who: string): Actor {
  return { who, why: reader.text('why', MAX_WHY) };
}
