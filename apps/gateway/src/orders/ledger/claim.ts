import type { SendJob } from './send-job.js';

/** A job to be sent. */
export interface ClaimRequest extends SendJob {
  /** A new one for each request, the same when the request is repeated: the first answer may have been lost. */
  readonly claimId: string;
  /** Sent although the breaker is open, to find out whether the partner can be reached. */
  readonly isProbe: boolean;
  /** The job that it is made for, if the job is another order's. */
  readonly jobId?: string;
}

/** The right to send an order once, with the attempt already recorded. */
export interface Claim {
  readonly orderId: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** The attempts that found the partner out of reach; they do not count against the schedule. */
  readonly freeAttempts: number;
  readonly body: string;
  /** The key of the order: the name of the producer's key, its idempotency key, and SHA-256 of what was posted. */
  readonly producer: string;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
  /** An attempt before this one may have been executed, and only a rule has sent the order again. */
  readonly inDoubt: boolean;
  /** Earlier attempts did not reach the partner: the breaker must be notified when this one does. */
  readonly troubled: boolean;
  /** One of the few that may be in progress while no answer vouches for the partner. */
  readonly isTrial: boolean;
  /** The trace that it belongs to (W3C Trace Context); null if it was not traced when it was accepted. */
  readonly traceparent: string | null;
  /** Since when it has waited for this attempt. */
  readonly dueAt: Date;
}

export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Late, doubled, of an earlier generation, or settled otherwise: nothing is to be done. */
  | { readonly kind: 'nothing' }
  /** The guarantee fund is under its floor: nothing was changed. */
  | { readonly kind: 'held' }
  /** It is outside the hours in which orders are sent: nothing was changed. */
  | { readonly kind: 'outside-window' }
  /** Sending is stopped, the ledger has another identity, or this process must not send: nothing was changed. */
  | { readonly kind: 'stopped' }
  /** The breaker is open: nothing was changed. `probeInMs` is 0 when it is time for a probe. */
  | { readonly kind: 'breaker-open'; readonly probeInMs: number; readonly isProbing: boolean }
  /**
   * No answer vouches for the partner, and as many orders as may become unknown are in progress: nothing was changed.
   */
  | { readonly kind: 'on-trial' };
