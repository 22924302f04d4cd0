import { createHmac } from 'node:crypto';

/** Seconds since 1970, when the call was signed. */
export const TIMESTAMP_HEADER = 'x-vestibule-timestamp';
/** The signature, in lower-case hexadecimal digits. */
export const SIGNATURE_HEADER = 'x-vestibule-signature';

/** What of a call is signed. */
export interface SignedCall {
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Upper case. */
  readonly method: string;
  /** As in the request line. */
  readonly path: string;
  /** Exactly as it is sent, in UTF-8. */
  readonly body: string;
}

/**
 * Signs a call: HMAC-SHA256 over timestamp, method and path, each followed by a line feed, and the body
 * (docs/card-program.md, "Signature").
 */
export function signCall(key: string, { timestamp, method, path, body }: SignedCall): string {
  return createHmac('sha256', key).update(`${timestamp}\n${method}\n${path}\n${body}`).digest('hex');
}
