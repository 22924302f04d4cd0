import type { JsonValue } from './json-value.js';
import { writeJson } from './stringify-json.js';

/** The head of an answer: `resultCode` 0 is success, anything else a refusal. */
export interface AnswerHead {
  resultCode: number;
  resultMessage: string;
}

/**
 * Encodes an answer as the partner does (troika-business.md, "Envelope"): compact UTF-8 JSON, numbers of the body with
 * their exact text.
 *
 * @param body undefined writes no `body` key, as the cancel methods answer; any JSON value is written unchanged, so
 *   that a stand-in can also answer a PHP server's `[]`
 * @throws TypeError for a value without a JSON form, naming the path
 */
export function encodeAnswer(head: AnswerHead, body: JsonValue | undefined): Buffer {
  const { resultCode, resultMessage } = head;
  return Buffer.from(writeJson({ message: { head: { resultCode, resultMessage }, body } }), 'utf8');
}
