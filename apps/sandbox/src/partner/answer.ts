import { encodeAnswer } from '@vestibule/envelope';
import type { Refusal } from '../refusals.js';
import type { Done } from './methods.js';

/** A whole answer: its HTTP status and the bytes of the envelope. */
export interface EnvelopeAnswer {
  readonly httpStatus: 200 | 401;
  readonly resultCode: number;
  readonly bytes: Buffer;
}

/** The envelope of a done or refused call (troika-business.md, "Envelope"). */
export function answerOf(result: Done | Refusal): EnvelopeAnswer {
  if ('resultCode' in result) {
    const { resultCode, resultMessage, httpStatus } = result;
    return { httpStatus, resultCode, bytes: encodeAnswer({ resultCode, resultMessage }, undefined) };
  }
  return { httpStatus: 200, resultCode: 0, bytes: encodeAnswer({ resultCode: 0, resultMessage: 'OK' }, result.body) };
}
