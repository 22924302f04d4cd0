import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { describeError, type Logger } from '../../core/logger.js';
import type { Traces } from '../../tracing/traces.js';
import type { DatabaseRetry } from '../sending/database-retry.js';
import type { CallbackMetrics } from './callback-metrics.js';
import type { CallbackSender, SendResult } from './callback-sender.js';
import { encodeEvent } from './encode-event.js';
import { assignEndpoints } from './outbox/assign-endpoints.js';
import { claimDeliveries, type DeliveryClaim } from './outbox/claim-deliveries.js';
import { settleDelivery, type Settled, type SettlementRules } from './outbox/settle-delivery.js';
import { webhookIdOf } from './webhook-id.js';
import { decideDelivery, type DeliveryVerdict } from './delivery-verdict.js';
import { untilAborted } from '../../core/within.js';

export interface DelivererRules {
  /** One entry per attempt. */
  readonly scheduleSecs: readonly number[];
  /** Attempts in progress at once. */
  readonly concurrency: number;
  readonly disableAfterSecs: number;
  /** How long an attempt may take until it is settled; after that another process makes the next one. */
  readonly leaseMs: number;
}

/** How soon the outbox is looked at again when nothing was due. */
const POLL_MS = 500;
const ASSIGN_BATCH = 500;

/**
 * Empties the outbox: claims due deliveries, makes one attempt each, stores the outcome. Every worker process has one;
 * they share the work by claims in PostgreSQL, and one that is killed leaves claims that run out.
 */
export class Deliverer {
  private readonly settlementRules: SettlementRules;
  private readonly underWay = new Map<DeliveryClaim, Promise<void>>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private nap = new AbortController();
  /** An attempt has ended since the outbox was looked at last. */
  private hasRoomAgain = false;

  constructor(
    private readonly parts: {
      readonly pool: Pool;
      readonly sender: CallbackSender;
      readonly databaseRetry: DatabaseRetry;
      readonly metrics: CallbackMetrics;
      readonly traces: Traces;
    },
    private readonly rules: DelivererRules,
    private readonly logger: Logger,
  ) {
    const [firstDelaySecs = 0] = rules.scheduleSecs;
    this.settlementRules = { disableAfterSecs: rules.disableAfterSecs, firstDelaySecs };
  }

  start(): void {
    this.running = this.run();
  }

  /**
   * Claims nothing new, and waits until attempts in progress have ended and are stored.
   *
   * @param enough aborted when it is to wait no longer: work in progress is attempted again once its lease is over
   */
  async stop(enough?: AbortSignal): Promise<void> {
    this.stopping.abort();
    this.nap.abort();
    await this.running;
    await untilAborted(Promise.all(this.underWay.values()), enough);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.hasRoomAgain = false;
      const isBusy = await this.round();
      if (!isBusy && !this.hasRoomAgain) await this.pause();
    }
  }

  /** @returns whether there may be more to do at once */
  private async round(): Promise<boolean> {
    const { pool } = this.parts;
    const { concurrency: slots, leaseMs } = this.rules;
    const { firstDelaySecs } = this.settlementRules;
    const assigned = await this.step(() => assignEndpoints(pool, { limit: ASSIGN_BATCH, firstDelaySecs }), 0);
    const underWay = [...this.underWay.keys()];
    const claims = await this.step(() => claimDeliveries(pool, { slots, underWay, leaseMs }), []);
    for (const claim of claims) this.begin(claim);
    return assigned > 0 || claims.length > 0;
  }

  /** A step that fails is logged, keeps no other one from being done, and is done again in the next round. */
  private async step<T>(step: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await step();
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'the outbox of callbacks did not take a step');
      return otherwise;
    }
  }

  /** Until the next look, or until an attempt has ended and made room, for the next event of its order perhaps. */
  private async pause(): Promise<void> {
    this.nap = new AbortController();
    if (this.stopping.signal.aborted) return;
    await delay(POLL_MS, undefined, { signal: this.nap.signal }).catch(() => undefined);
  }

  private begin(claim: DeliveryClaim): void {
    const attempt = this.attempt(claim)
      .catch((error: unknown) => {
        // Its lease runs out, and the delivery is attempted again: twice is allowed, never is not.
        this.logger.error({ ...idsOf(claim), error: describeError(error) }, 'a callback was not settled');
      })
      .finally(() => {
        this.underWay.delete(claim);
        this.hasRoomAgain = true;
        this.nap.abort();
      });
    this.underWay.set(claim, attempt);
  }

  private async attempt(claim: DeliveryClaim): Promise<void> {
    const { pool, sender, databaseRetry, metrics, traces } = this.parts;
    const { orderId, attempt, type: eventType, traceparent: parent } = claim;
    const webhookId = webhookIdOf(claim.deliveryId);
    const span = traces.begin('deliver callback', { parent, facts: { orderId, attempt, eventType, webhookId } });
    const webhook = { id: webhookId, body: encodeEvent(claim), traceparent: span.traceparent ?? parent };
    const result = await sender.send(claim.apiKeyName, claim.url, webhook);
    const verdict = decideDelivery(result, claim.attempt - claim.freeAttempts, this.rules.scheduleSecs);
    const settled = await databaseRetry.retryWhileDown('settle', claim.orderId, () =>
      settleDelivery(pool, { claim, verdict, durationMs: result.durationMs }, this.settlementRules),
    );
    const { outcome, httpStatus, state: status } = verdict;
    span.end({ outcome, httpStatus, status }, status !== 'delivered');
    metrics.count(verdict.outcome, result.durationMs);
    this.log(claim, result, verdict, settled);
  }

  /** One line per attempt, always with the same fields; the address is not among them: it may hold a token. */
  private log(
    claim: DeliveryClaim,
    { durationMs }: SendResult,
    verdict: DeliveryVerdict,
    { isDisabled }: Settled,
  ): void {
    const { outcome, httpStatus, detail, state, retryInMs } = verdict;
    this.logger.info(
      {
        ...idsOf(claim),
        type: claim.type,
        attempt: claim.attempt,
        outcome,
        httpStatus,
        detail,
        durationMs,
        state,
        retryInMs: state === 'pending' ? retryInMs : null,
        isDisabled,
      },
      'callback attempt',
    );
  }
}

function idsOf({ deliveryId, orderId, endpointId }: DeliveryClaim): Record<string, string> {
  return { webhookId: webhookIdOf(deliveryId), orderId, endpointId };
}
