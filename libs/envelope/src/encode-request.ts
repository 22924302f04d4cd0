import { writeJson } from './stringify-json.js';

/** The head of a request (troika-business.md, "Envelope"). */
export interface RequestHead {
  /** The method, e.g. `app_create_order`. */
  type: string;
  /** The id of the Agent's service. */
  terminalId: string;
  /** `ru`. */
  languageId: string;
  /** The API user name in the form of a phone; not a customer's phone. */
  phone: string;
  /** The time on the client, as `formatTime` writes it. */
  time: string;
}

/**
 * Encodes a request: compact UTF-8 JSON, the head's keys in the order of the vendor's example for any order in the
 * object given, the body's keys in the order of the object given. These are the bytes to sign and the bytes to send:
 * encode once, and pass the same Buffer to both.
 *
 * @param body undefined writes no `body` key; undefined fields are left out; a `JsonNumber` keeps its exact text, so an
 *   id of an answer is sent back digit for digit
 * @throws TypeError for a value without a JSON form (a number that is not finite, a cycle), naming the path, never a
 *   value
 */
export function encodeRequest(head: RequestHead, body: object | undefined): Buffer {
  const { type, terminalId, languageId, phone, time } = head;
  return Buffer.from(writeJson({ message: { head: { type, terminalId, languageId, phone, time }, body } }), 'utf8');
}
