import { encodeError, type LoyaltyError } from '@vestibule/koshelek-contract';

/** An answer of the public listener: a status and the exact text of the body. */
export interface WholeReply {
  readonly status: number;
  readonly body: string;
  /** The code of the error, where it is one. */
  readonly code?: string;
}

/** The same, or a body that is written piece by piece. */
export type LoyaltyReply = WholeReply | { readonly status: number; readonly body: AsyncGenerator<string, void> };

/** "Nothing to return" is 200 without a body (koshelek-loyalty.md, "Every method"). */
export const EMPTY_REPLY: WholeReply = { status: 200, body: '' };

/** 422 on any error in executing a request; only wrong credentials may have another status, by a setting. */
export function refusal(error: LoyaltyError, status = 422): WholeReply {
  return { status, body: encodeError(error), code: error.code };
}
