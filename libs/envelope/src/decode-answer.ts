import { type EnvelopeFailure, envelopeFailure } from './envelope-error.js';
import { JsonNumber } from './json-number.js';
import { fieldOf, type JsonObject, type JsonValue } from './json-value.js';
import { type Message, readMessage } from './read-message.js';
import { stringifyJson } from './stringify-json.js';

/** A valid answer of Тройка Бизнес. Only `resultCode` 0 is success; the caller decides what else means. */
export interface Answer {
  /** A safe integer; 0 is success. */
  resultCode: number;
  /** `''` if the partner sent none. */
  resultMessage: string;
  /** Everything the head holds, unknown fields too, numbers with their exact text. */
  head: JsonObject;
  /** Undefined when it was absent, `null` or `[]`; numbers with their exact text. */
  body: JsonObject | undefined;
}

/**
 * Decodes the HTTP body of an answer with any HTTP status (troika-business.md, "Envelope").
 *
 * Tolerated: unknown fields, an absent body, `body: null`, `body: []`, a numeric string as `resultCode`, a
 * `resultMessage` that is missing, `null` or not a text, byte order marks, and text that a server printed before its
 * answer, such as a warning of PHP. Everything else that is not an envelope is an `EnvelopeError`, returned and never
 * thrown.
 *
 * @param bytes the received body
 */
export function decodeAnswer(bytes: Uint8Array): { ok: true; answer: Answer } | EnvelopeFailure {
  const read = readMessage(bytes);
  if (read.ok) return answerOf(read.message, bytes);
  const rest = read.error.kind === 'not-json' ? behindNoise(bytes) : undefined;
  const again = rest && readMessage(rest);
  const answer = again?.ok === true ? answerOf(again.message, bytes) : undefined;
  return answer?.ok === true ? answer : read;
}

/** Where an answer begins after other text. The rest must be a whole envelope and nothing else. */
const BEGINNING = /\{\s*"message"\s*:/;

function behindNoise(bytes: Uint8Array): Uint8Array | undefined {
  const text = new TextDecoder('utf-8').decode(bytes);
  const start = text.search(BEGINNING);
  return start > 0 ? new TextEncoder().encode(text.slice(start)) : undefined;
}

function answerOf({ head, body }: Message, bytes: Uint8Array): { ok: true; answer: Answer } | EnvelopeFailure {
  const code = fieldOf(head, 'resultCode');
  if (code === undefined) return envelopeFailure('not-an-envelope', 'message.head.resultCode is missing', bytes);
  const resultCode = toResultCode(code);
  if (resultCode === undefined) {
    return envelopeFailure('not-an-envelope', 'message.head.resultCode is not a whole number', bytes);
  }
  return { ok: true, answer: { resultCode, resultMessage: toMessage(fieldOf(head, 'resultMessage')), head, body } };
}

/**
 * Digits, and at most a fraction of zeros: what a server that counts in floats writes for a whole number. Exponents
 * stay out: `1e-400` rounds to 0, and 0 means *paid*.
 */
const WHOLE_NUMBER = /^-?\d+(?:\.0+)?$/;

function toResultCode(value: JsonValue): number | undefined {
  const text = value instanceof JsonNumber ? value.text : value;
  if (typeof text !== 'string' || !WHOLE_NUMBER.test(text)) return undefined;
  // Adding 0 makes 0 of -0.
  const code = Number(text) + 0;
  return Number.isSafeInteger(code) ? code : undefined;
}

/**
 * The message is only for people: an unusual form must not turn a definite outcome into an unknown one, so anything but
 * a string is stored as its JSON.
 */
function toMessage(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : stringifyJson(value);
}
