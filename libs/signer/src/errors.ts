/**
 * What can go wrong while signing, by code. A message names the key by its position or its file, never by its content;
 * nothing a command or a service printed is repeated, for it may hold a key.
 */
export type SignatureErrorCode =
  /** No key was given to a scheme that needs one. */
  | 'key-missing'
  /** The key file cannot be read. */
  | 'key-unreadable'
  /** The key is empty, is not the hex or base64 it claims to be, or is no PEM or DER key. */
  | 'key-malformed'
  /** The key is a good key of another kind: RSA for Ed25519, a wrong curve, too short for the digest. */
  | 'key-unsuitable'
  /** The first key is a public one: it verifies, but cannot sign. */
  | 'key-cannot-sign'
  /** The template sorts the fields of the body, but this body has none. */
  | 'body-not-sortable'
  /** The command of an `external` profile does not exist or is not executable. */
  | 'external-missing'
  /** The command or the service did not answer within the time limit; the command was killed. */
  | 'external-timeout'
  /** The command ended with a failure, or the service answered with another status than 2xx. */
  | 'external-failed'
  /** The command or the service gave more bytes than the limit; the command was killed. */
  | 'external-flood'
  /** The answer cannot be a signature: it is empty, or does not fit into a header. */
  | 'external-unusable'
  /** The service cannot be reached. */
  | 'external-unreachable';

/** The one error of this library. Every one of them happens before a byte of the request has left. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';

  constructor(
    readonly code: SignatureErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The system's code of a failure (`ENOENT`, `ECONNREFUSED`), which is safe to show when its message is not. */
export function systemCode(error: unknown): string {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'unknown reason';
}
