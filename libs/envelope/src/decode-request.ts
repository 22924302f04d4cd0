import type { EnvelopeFailure } from './envelope-error.js';
import { type Message, readMessage } from './read-message.js';

/**
 * Decodes the HTTP body of a request, on the partner's side. Only the frame is checked: which fields of the head and
 * body a method needs is decided by the stand-in.
 *
 * @param bytes the received body
 * @returns head and body with the exact text of every number; a body that is absent, `null` or `[]` is undefined.
 *   Anything but an envelope is an `EnvelopeError`, returned and never thrown.
 */
export function decodeRequest(bytes: Uint8Array): { ok: true; request: Message } | EnvelopeFailure {
  const read = readMessage(bytes);
  return read.ok ? { ok: true, request: read.message } : read;
}
