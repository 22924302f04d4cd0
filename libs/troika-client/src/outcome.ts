import type { Answer } from '@vestibule/envelope';

/** What is known of a finished call: four outcomes, no fifth. */
export type CallOutcome =
  /** A valid envelope arrived, with any HTTP status. */
  | {
      readonly kind: 'answered';
      readonly answer: Answer;
      readonly httpStatus: number;
      readonly received: string;
      /** What a Retry-After header asked for, in seconds. */
      readonly retryAfterSecs?: number;
    }
  /** It surely did not reach the partner: no byte of the request left. */
  | { readonly kind: 'not-sent'; readonly reason: NotSentReason; readonly detail: string }
  /** It arrived, and a status that is trusted says that it was not executed; no valid envelope says otherwise. */
  | {
      readonly kind: 'not-executed';
      readonly reason: 'http-status';
      readonly detail: string;
      readonly httpStatus: number;
      readonly received?: string;
      /** What a Retry-After header asked for, in seconds. */
      readonly retryAfterSecs?: number;
    }
  /** Bytes may have reached the partner, and no valid answer arrived. */
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      readonly detail: string;
      readonly httpStatus?: number;
      readonly received?: string;
      /** What a Retry-After header asked for, in seconds. */
      readonly retryAfterSecs?: number;
    };

export type NotSentReason =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'connect-timeout'
  | 'connect-failed'
  | 'proxy'
  | 'signing-failed'
  | 'overdue';

export type UnknownReason =
  | 'timeout'
  | 'reset'
  | 'cut-answer'
  | 'too-large'
  | 'not-an-envelope'
  | 'http-status'
  /** Our process ended before an answer came. */
  | 'interrupted'
  | 'exchange-failed';

/** An outcome with the data that the ledger stores of the attempt. */
export type CallResult = CallOutcome & {
  readonly durationMs: number;
  /** Which key signed; never the key. Absent when signing itself failed. */
  readonly keyId?: string;
  /** The `X-Request-Id` of the answer. */
  readonly requestId?: string;
};
