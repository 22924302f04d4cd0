import { setTimeout as delay } from 'node:timers/promises';
import type { CallResult, TroikaClient } from '@vestibule/troika-client';
import { describeError, type Logger } from '../logging/logger.js';
import type { Claim, SendJob } from './ledger/claim-orders.js';
import type { Ledger } from './ledger/ledger.js';
import type { Settlement } from './ledger/settle-attempts.js';
import { decide, type Verdict } from './outcome-table.js';
import { nextRetryMs } from './retry-schedule.js';
import type { SendQueue } from './send-queue.js';

const SETTLE_PAUSE_MS = 500;
const SETTLE_TRIES = 240;

/** Sends orders: claim in the ledger, one call, record in the ledger. */
export class Sender {
  constructor(
    private readonly ledger: Ledger,
    private readonly client: TroikaClient,
    private readonly queue: SendQueue,
    private readonly retryScheduleSecs: readonly number[],
    private readonly logger: Logger,
  ) {}

  /** Does one job of the queue; a job that comes late or twice does nothing. */
  async send(job: SendJob): Promise<void> {
    const claim = await this.ledger.claim(job);
    if (claim === undefined) return;
    const result = await this.client.call('app_create_order', JSON.parse(claim.body) as object);
    const retryInMs = nextRetryMs(this.retryScheduleSecs, claim.attempt);
    const verdict = decide(result, retryInMs !== undefined);
    this.logAttempt(claim, result, verdict);
    const turn = await this.settle(settlementOf(claim, result, verdict, retryInMs ?? 0));
    if (turn !== undefined && verdict.status === 'retrying') this.queue.enqueue(turn, retryInMs);
  }

  /** The partner has answered, so the answer must not be lost with a database that is away for a while. */
  private async settle(settlement: Settlement): Promise<SendJob | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.ledger.settle(settlement);
      } catch (error) {
        const { orderId, attempt } = settlement;
        this.logger.error({ orderId, attempt, error: describeError(error) }, 'the ledger did not take an outcome');
        if (tries === SETTLE_TRIES) throw error;
        await delay(SETTLE_PAUSE_MS);
      }
    }
  }

  private logAttempt({ orderId, attempt }: Claim, result: CallResult, verdict: Verdict): void {
    this.logger.info(
      {
        orderId,
        attempt,
        outcome: result.kind,
        reason: result.kind === 'answered' ? null : result.reason,
        httpStatus: result.kind === 'not-sent' ? null : (result.httpStatus ?? null),
        resultCode: verdict.resultCode ?? null,
        status: verdict.status,
        durationMs: result.durationMs,
        keyId: result.keyId ?? null,
      },
      'attempt',
    );
  }
}

function settlementOf(claim: Claim, result: CallResult, verdict: Verdict, retryInMs: number): Settlement {
  return {
    orderId: claim.orderId,
    attempt: claim.attempt,
    verdict,
    outcome: result.kind,
    reason: result.kind === 'answered' ? null : result.reason,
    httpStatus: result.kind === 'not-sent' ? null : (result.httpStatus ?? null),
    durationMs: result.durationMs,
    keyId: result.keyId ?? null,
    retryInMs,
  };
}
