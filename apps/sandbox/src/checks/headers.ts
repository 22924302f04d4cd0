import type { IncomingHttpHeaders } from 'node:http';
import { REFUSALS, type Refusal } from '../refusals.js';

/** Checks the required headers (troika-business.md, "Envelope"), except the credentials. */
export function checkHeaders(headers: IncomingHttpHeaders): Refusal | undefined {
  if (!isJson(headers['content-type'])) return REFUSALS.contentType;
  if (!acceptsJson(headers.accept)) return REFUSALS.accept;
  if (!isUserAgent(headers['user-agent'])) return REFUSALS.userAgent;
  return undefined;
}

function isJson(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  return mediaType(contentType ?? '') === 'application/json';
}

/** A list of media types may have others too; a wildcard alone does not meet the contract. */
function acceptsJson(accept: string | undefined): boolean {
  if (accept === 'application/json') return true;
  return (accept ?? '').split(',').some((range) => mediaType(range) === 'application/json');
}

function mediaType(text: string): string {
  return (text.split(';')[0] ?? '').trim().toLowerCase();
}

/** `application/version (module version) other ids`; the parentheses and what follows are optional. */
const USER_AGENT = /^[^/()]+\/[^\s/()]+(?: \([^()]+\))?(?: [^\s(].*)?$/;

function isUserAgent(userAgent: string | undefined): boolean {
  return userAgent !== undefined && USER_AGENT.test(userAgent);
}
