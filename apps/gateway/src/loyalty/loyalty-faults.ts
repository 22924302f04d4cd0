import { CONTENT_TYPE, loyaltyError, type LoyaltyError } from '@vestibule/koshelek-contract';
import type { RawAnswer } from '../http/answer-raw.js';
import type { TransportFault } from '../http/transport-fault.js';
import { refusal, type WholeReply } from './reply.js';

/** The largest body taken from Кошелёк, in bytes: its largest request is a profile. */
export const LOYALTY_BODY_LIMIT = 256 * 1024;
/**
 * The largest body with a receipt or a promo code, which is stored unchanged: the longest text in it has 999
 * characters.
 */
export const PROMO_BODY_LIMIT = 16 * 1024;
const HEADER_LIMIT = 16 * 1024;

const FAULTS: Readonly<Record<TransportFault, LoyaltyError>> = {
  'malformed-json': loyaltyError('malformedJson'),
  'not-utf8': loyaltyError('notUtf8'),
  'duplicate-key': loyaltyError('duplicateKey'),
  'body-too-large': loyaltyError('bodyTooLarge', { limit: LOYALTY_BODY_LIMIT }),
  'headers-too-large': loyaltyError('headersTooLarge', { limit: HEADER_LIMIT }),
  'malformed-request': loyaltyError('malformedRequest'),
  'unsound-head': loyaltyError('malformedRequest'),
  'unsupported-media-type': loyaltyError('unsupportedContentType'),
  timeout: loyaltyError('requestNotReceived'),
  'too-many-connections': loyaltyError('tooManyConnections'),
  'not-found': loyaltyError('unknownPath'),
  unavailable: loyaltyError('databaseUnavailable'),
  internal: loyaltyError('internalError'),
};

/**
 * Where HTTP itself has the say. No request was read when there was no room, so none had an error: callers come again later.
 * A head without one Host is 400 by RFC 9112 (3.2); it comes from no client that Кошелёк uses.
 */
const STATUSES: Partial<Record<TransportFault, number>> = { 'too-many-connections': 503, 'unsound-head': 400 };

export function faultReply(fault: TransportFault): WholeReply {
  return refusal(FAULTS[fault], STATUSES[fault]);
}

/** The public listener's answers to requests that reach none of its methods: 422 like nearly every other error. */
export function answerFaultToKoshelek(fault: TransportFault): RawAnswer {
  const { status, body } = faultReply(fault);
  return { status, contentType: CONTENT_TYPE, body };
}
