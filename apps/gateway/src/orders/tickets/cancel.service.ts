import type { Pool } from 'pg';
import { cancelOrder } from '../ledger/cancel-order.js';
import { findOrder } from '../ledger/find-order.js';
import type { OrderRecord } from '../order.js';
import type { OrderStatus } from '../order-status.js';
import type { Partner } from '../../partner/partner.js';
import type { TicketRecord } from '../ticket.js';
import { breakerPauseSecs } from './breaker-pause.js';
import { isCancelled, type CancelResult } from './cancel-result.js';
import type { Canceller } from './canceller.js';
import type { PartnerReading } from './read-placed-order.js';
import { refreshTickets } from './refresh-tickets.js';

/** Why nothing was asked of the partner. */
export type NotAsked =
  | { readonly kind: 'no-order' }
  | { readonly kind: 'no-ticket' }
  /** The state of the order does not allow it. */
  | { readonly kind: 'wrong-state'; readonly status: OrderStatus }
  /** The order is confirmed, and its number at the partner's is not known. */
  | { readonly kind: 'no-number' }
  /** This process has no connection to Тройка Бизнес. */
  | { readonly kind: 'no-partner' }
  /** The order's tickets are unknown and could not be read. */
  | { readonly kind: 'not-read'; readonly reading: Exclude<PartnerReading<unknown>, { kind: 'read' }> };

/** A ticket that the ledger knows, and its order. */
export interface FoundTicket {
  readonly kind: 'found';
  readonly order: OrderRecord;
  readonly ticket: TicketRecord;
}

/** How often a cancellation is tried on an order that changes between tries. */
const CANCEL_TRIES = 3;

/** Cancels orders and tickets: before an order is sent here, afterwards by the partner. */
export class CancelService {
  /** @param partner undefined, like the canceller, where the process has no connection to Тройка Бизнес */
  constructor(
    private readonly pool: Pool,
    private readonly partner: Partner | undefined,
    private readonly canceller: Canceller | undefined,
  ) {}

  /** Cancels an order; one that is cancelled already stays so. */
  async cancelOrder(id: string, who: string, requestId?: string): Promise<CancelResult | NotAsked> {
    for (let tries = 1; ; tries += 1) {
      const cancelled = await cancelOrder(this.pool, id, who);
      if (cancelled !== undefined) return { kind: 'cancelled', order: cancelled };
      const found = await findOrder(this.pool, id);
      if (found === undefined) return { kind: 'no-order' };
      if (isCancelled(found, null)) return { kind: 'cancelled', order: found };
      if (found.status === 'confirmed') return await this.cancelThere(found, null, who, requestId);
      // Between the two statements an attempt may have ended: then it can be cancelled after all.
      const isMoving = found.status === 'accepted' || found.status === 'retrying';
      if (!isMoving || tries === CANCEL_TRIES) return { kind: 'wrong-state', status: found.status };
    }
  }

  /** Cancels one ticket of a confirmed order; one whose money is on its way back, or back, stays so. */
  async cancelTicket(id: string, ticketId: string, who: string, requestId?: string): Promise<CancelResult | NotAsked> {
    const found = await this.withTicket(id, ticketId);
    if (found.kind !== 'found') return found;
    if (isCancelled(found.order, ticketId)) return { kind: 'cancelled', order: found.order };
    return await this.cancelThere(found.order, ticketId, who, requestId);
  }

  /** An order that has this ticket; where no ticket of it is known yet, the partner is asked which it has. */
  async withTicket(id: string, ticketId: string): Promise<NotAsked | FoundTicket> {
    const order = await findOrder(this.pool, id);
    if (order === undefined) return { kind: 'no-order' };
    const { status, troikaOrderId, tickets } = order;
    if (status !== 'confirmed' && status !== 'cancelled') return { kind: 'wrong-state', status };
    if (tickets.length > 0) return ticketOf(order, ticketId);
    // Cancelled before it was sent: there never were any.
    if (troikaOrderId === null) return status === 'cancelled' ? { kind: 'wrong-state', status } : { kind: 'no-number' };
    if (this.partner === undefined) return { kind: 'no-partner' };
    const retryAfterSecs = await breakerPauseSecs(this.pool);
    if (retryAfterSecs !== undefined) {
      return {
        kind: 'not-read',
        reading: { kind: 'silent', outcome: 'not-sent', reason: 'breaker-open', retryAfterSecs },
      };
    }
    const reading = await refreshTickets(this.pool, this.partner, id);
    const known = await findOrder(this.pool, id);
    if (known === undefined) return { kind: 'no-order' };
    const found = ticketOf(known, ticketId);
    // A line that cannot be read costs no other ticket.
    return reading.kind === 'read' || found.kind === 'found' ? found : { kind: 'not-read', reading };
  }

  private async cancelThere(
    order: OrderRecord,
    ticketId: string | null,
    who: string,
    requestId: string | undefined,
  ): Promise<CancelResult | NotAsked> {
    if (order.troikaOrderId === null) return { kind: 'no-number' };
    if (this.canceller === undefined) return { kind: 'no-partner' };
    return await this.canceller.cancel({ orderId: order.id, ticketId, requestId }, who);
  }
}

function ticketOf(order: OrderRecord, ticketId: string): FoundTicket | NotAsked {
  const ticket = order.tickets.find(({ orderTariffId }) => orderTariffId === ticketId);
  return ticket === undefined ? { kind: 'no-ticket' } : { kind: 'found', order, ticket };
}
