import type { Times } from '../placeholders.js';
import type { SignableRequest } from '../request.js';

/** A request and the signature that the partner says it must have. */
export interface KnownPair {
  /** Its date counts only if `isDated`. */
  readonly request: SignableRequest;
  /** The text of the signature's header. */
  readonly signature: string;
  /** The headers of the request as far as they are known, with their names as they were sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the date of the request is known: without it, a signed time cannot be found. */
  readonly isDated: boolean;
}

/** Everything behind the scheme and encoding that a pair shows by its headers, as `TROIKA_SIGNATURE` has it. */
export function optionsOf(pair: KnownPair, template: string): string {
  const entries = Object.entries(pair.headers);
  const header = entries.find(([, value]) => value === pair.signature)?.[0];
  const md5 = entries.find(([name]) => name.toLowerCase() === 'content-md5')?.[1];
  const timestamp = template.includes('{timestamp}') ? timestampHeader(pair)?.[0] : undefined;
  return [
    ...(header === undefined || header === 'X-Signature' ? [] : [`header=${header}`]),
    ...(timestamp === undefined || timestamp === 'X-Timestamp' ? [] : [`timestamp-header=${timestamp}`]),
    ...(md5 === undefined ? [] : [`content-md5=${/^[\da-f]{32}$/.test(md5) ? 'hex' : 'base64'}`]),
  ]
    .map((option) => `;${option}`)
    .join('');
}

/** The times as they were sent, or as the date of the request would be. */
export function timesOf(pair: KnownPair): Times {
  const { date } = pair.request;
  const sent = Object.entries(pair.headers).find(([name]) => name.toLowerCase() === 'date')?.[1];
  return {
    date: () => sent ?? date.toUTCString(),
    timestamp: () => timestampHeader(pair)?.[1] ?? String(Math.floor(date.getTime() / 1000)),
  };
}

/** The name and value of the header with the Unix time. */
function timestampHeader({ headers }: KnownPair): [name: string, value: string] | undefined {
  return Object.entries(headers).find(([, value]) => /^\d{10}$/.test(value));
}
