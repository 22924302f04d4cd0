import { type EnvelopeFailure, envelopeFailure } from './envelope-error.js';
import { fieldOf, isJsonObject, type JsonObject } from './json-value.js';
import { parseJson } from './parse-json.js';

/** The part that requests and answers share. */
export interface Message {
  /** Everything the head holds, unknown fields too. */
  head: JsonObject;
  /** Undefined when it is absent, `null`, or the `[]` that a PHP server writes for "no fields". */
  body: JsonObject | undefined;
}

/**
 * Reads `{"message":{"head":{…},"body":{…}}}` (troika-business.md, "Envelope" and "Traps") out of the bytes of an
 * HTTP body. A byte order mark and unknown fields next to `message`, `head` and `body` are ignored.
 */
export function readMessage(bytes: Uint8Array): { ok: true; message: Message } | EnvelopeFailure {
  const text = decodeUtf8(bytes);
  if (text === undefined) return envelopeFailure('not-utf8', 'the bytes are not UTF-8', bytes);
  const parsed = parseJson(text);
  if (!parsed.ok) return envelopeFailure('not-json', explainNotJson(text, parsed.error.message), bytes);

  const notAnEnvelope = (detail: string): EnvelopeFailure => envelopeFailure('not-an-envelope', detail, bytes);
  if (!isJsonObject(parsed.value)) return notAnEnvelope('the JSON is not an object');
  const message = fieldOf(parsed.value, 'message');
  if (message === undefined) return notAnEnvelope('message is missing');
  if (!isJsonObject(message)) return notAnEnvelope('message is not an object');
  const head = fieldOf(message, 'head');
  if (head === undefined) return notAnEnvelope('message.head is missing');
  if (!isJsonObject(head)) return notAnEnvelope('message.head is not an object');

  const body = fieldOf(message, 'body');
  if (body === undefined || body === null || (Array.isArray(body) && body.length === 0)) {
    return { ok: true, message: { head, body: undefined } };
  }
  if (!isJsonObject(body)) return notAnEnvelope('message.body is not an object');
  return { ok: true, message: { head, body } };
}

/** The text of the bytes without its byte order mark, or undefined when they are not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // Only this error is about the bytes; any other is a caller's bug and stays an exception.
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw error;
  }
}

/** Says the two usual things in the words of a person who looks for the cause. */
function explainNotJson(text: string, message: string): string {
  const start = text.trimStart();
  if (start === '') return 'nothing came';
  if (start.startsWith('<')) return 'markup (HTML or XML) came instead of JSON';
  return message;
}
