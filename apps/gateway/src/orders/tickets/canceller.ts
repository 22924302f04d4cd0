import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { requestId } from '@vestibule/troika-contract';
import type { CallResult } from '@vestibule/troika-client';
import { describeError, type Logger } from '../../core/logger.js';
import { findOrder } from '../ledger/find-order.js';
import type { OrderRecord } from '../order.js';
import type { Partner } from '../../partner/partner.js';
import { breakerPauseSecs } from './breaker-pause.js';
import { cancelOutcomeOf, cancelResultOf, isCancelled, type CancelResult } from './cancel-result.js';
import {
  claimCancellation,
  endCancellation,
  findEnded,
  markSent,
  noteOutcome,
  type CancelClaim,
  type CancelOutcome,
  type CancelTarget,
} from './cancellations.js';
import { refreshTickets } from './refresh-tickets.js';

/** How often a waiting caller checks whether another's cancellation has ended. */
const LOOK_MS = 100;

/**
 * Cancels confirmed orders and tickets at the partner. The methods for that are not safe to repeat: each call is on
 * disk before its first byte leaves, only one call per order runs in all processes, and after an unknown outcome only a
 * reading decides whether another call is sent.
 */
export class Canceller {
  /** @param leaseMs how long a call and the reading behind it may take before they count as lost */
  constructor(
    private readonly pool: Pool,
    private readonly partner: Partner,
    private readonly leaseMs: number,
    private readonly logger: Logger,
  ) {}

  /**
   * @param target of an order that is confirmed or cancelled and has a number at the partner's
   * @param who the name of the API key of the one who asks
   */
  async cancel(target: CancelTarget, who: string): Promise<CancelResult> {
    const pauseSecs = await breakerPauseSecs(this.pool);
    if (pauseSecs !== undefined) return { kind: 'not-sent', retryAfterSecs: pauseSecs };
    for (;;) {
      const claim = await claimCancellation(this.pool, target, who, this.leaseMs);
      if (claim?.kind === 'claimed') return await this.run(claim, target);
      const outcome = claim && (await this.untilEnded(claim.id));
      const order = await this.find(target.orderId);
      if (isCancelled(order, target.ticketId)) return { kind: 'cancelled', order };
      // An equal earlier call gives its answer here too. After a different one, or one that ended before sending, this
      // call proceeds.
      const wasSent = outcome !== undefined && (outcome.outcome !== 'not-sent' || outcome.reason !== null);
      if (wasSent && claim?.ticketId === target.ticketId) {
        return cancelResultOf(outcome, order, { ticketId: target.ticketId, wasRead: false });
      }
    }
  }

  private async run(claim: CancelClaim & { kind: 'claimed' }, target: CancelTarget): Promise<CancelResult> {
    try {
      return await this.runClaimed(claim, target);
    } finally {
      await endCancellation(this.pool, claim.id).catch((error: unknown) => {
        this.logger.warn(
          { requestId: target.requestId, orderId: target.orderId, error: describeError(error) },
          'a cancellation ends with its lease',
        );
      });
    }
  }

  private async runClaimed(
    { id, isDoubtful, isAccepted }: CancelClaim & { kind: 'claimed' },
    target: CancelTarget,
  ): Promise<CancelResult> {
    const { orderId, ticketId } = target;
    // Another process may have cancelled it since the caller looked.
    const before = await this.find(orderId);
    if (isCancelled(before, ticketId)) return { kind: 'cancelled', order: before };
    if (isDoubtful) {
      const wasRead = await this.read(target);
      const order = await this.find(orderId);
      if (isCancelled(order, ticketId)) return { kind: 'cancelled', order };
      if (!wasRead) return { kind: 'unanswered', order, reason: 'not-read', wasRead };
      if (isAccepted) return { kind: 'accepted', order };
    }
    await this.partner.rateLimiter.take();
    if (!(await markSent(this.pool, id, this.leaseMs))) return { kind: 'not-sent', retryAfterSecs: null };
    const outcome = cancelOutcomeOf(await this.call(before, ticketId));
    await noteOutcome(this.pool, id, outcome);
    this.logger.info({ requestId: target.requestId, orderId, ticketId, ...logged(outcome) }, 'cancellation');
    const wasRead = outcome.outcome !== 'not-sent' && (await this.read(target));
    return cancelResultOf(outcome, await this.find(orderId), { ticketId, wasRead });
  }

  private call({ troikaOrderId }: OrderRecord, ticketId: string | null): Promise<CallResult> {
    return ticketId === null
      ? this.partner.callInSlot('app_cancel_order', { orderId: requestId(troikaOrderId ?? '') })
      : this.partner.callInSlot('app_cancel_ticket', { orderTariffId: requestId(ticketId) });
  }

  /** @returns whether the partner answered with the order's state; changes are then in the ledger */
  private async read({ orderId, requestId: byRequest }: CancelTarget): Promise<boolean> {
    const reading = await refreshTickets(this.pool, this.partner, orderId);
    if (reading.kind === 'read') return true;
    const why =
      reading.kind === 'refused' ? reading.resultCode : reading.kind === 'silent' ? reading.reason : reading.detail;
    const line = { requestId: byRequest, orderId, outcome: reading.kind, why };
    this.logger.warn(line, 'an order could not be read');
    return false;
  }

  private async untilEnded(id: string): Promise<CancelOutcome | undefined> {
    for (;;) {
      const ended = await findEnded(this.pool, id);
      // Undefined also when its lease ran out: the next claim then finds out the outcome.
      if (ended !== 'under-way') return ended;
      await delay(LOOK_MS);
    }
  }

  private async find(orderId: string): Promise<OrderRecord> {
    const order = await findOrder(this.pool, orderId);
    if (order === undefined) throw new Error('the order was purged while it was being cancelled');
    return order;
  }
}

function logged({ outcome, reason, resultCode }: CancelOutcome): Partial<CancelOutcome> {
  return { outcome, reason, resultCode };
}
