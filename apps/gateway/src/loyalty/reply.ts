import { encodeError, type LoyaltyError } from '@vestibule/koshelek-contract';

/** An answer of the public listener: a status and the exact text of the body. */
export interface LoyaltyReply {
  readonly status: number;
  readonly body: string;
}

/** "Nothing to return" is 200 without a body (koshelek-loyalty.md, "Every method"). */
export const EMPTY_REPLY: LoyaltyReply = { status: 200, body: '' };

/** 422 on any error in executing a request; only wrong credentials may have another status, by a setting. */
export function refusal(error: LoyaltyError, status = 422): LoyaltyReply {
  return { status, body: encodeError(error) };
}
