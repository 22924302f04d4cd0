import type { OrderStatus } from './order-status.js';
import type { TicketRecord } from './ticket.js';

/** An order as the ledger has it. */
export interface OrderRecord {
  readonly id: string;
  readonly status: OrderStatus;
  readonly reference: string | null;
  /** The name of the key that placed it. */
  readonly placedBy: string;
  /** The body of app_create_order, as the producer's JSON. */
  readonly body: string;
  readonly troikaOrderId: string | null;
  readonly totalAmount: string | null;
  readonly resultCode: number | null;
  readonly resultMessage: string | null;
  readonly attempts: number;
  readonly tickets: readonly TicketRecord[];
  /** When the next attempt is due, and the cause of the last step, while it is `retrying`. */
  readonly nextAttemptAt: Date | null;
  readonly retryCause: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
