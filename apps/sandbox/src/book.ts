import type { CreateOrderBody } from '@vestibule/troika-contract';
import type { FaultMode } from './faults/modes.js';
import { REFUSALS, type Refusal } from './refusals.js';

/** A ticket begins as pending; then it is written to the card, or its money is paid back: at once, or after a while. */
export type TicketState = 'pending' | 'written' | 'payback-initiated' | 'payback';

/** How a cancellation refunds: at once, or later, when a test completes the refund. */
export const REFUND_MODES = ['at-once', 'initiated'] as const;
export type RefundMode = (typeof REFUND_MODES)[number];

/** One executed order. It stores only the request's text, because a long run makes many orders. */
export interface ExecutedOrder {
  readonly orderId: number;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The request, byte for byte. */
  readonly rawBody: string;
  /** The price of each line, in kopecks. */
  readonly lineKopecks: readonly number[];
  /** The fault that this request met. */
  readonly fault: FaultMode;
  /** The state of each line's ticket. */
  readonly tickets: TicketState[];
}

/** A ticket's id is the order's id and three digits for the line: an order has at most 1,000 lines. */
const TICKETS_PER_ORDER = 1_000;

/** One change of the book. All of them, one after the other, are the book. */
export type BookEntry =
  | { readonly order: ExecutedOrder }
  | { readonly orderId: number; readonly line: number; readonly state: TicketState }
  | { readonly leftKopecks: number }
  | { readonly isCleared: true };

/** The executed orders, and the balance of the guarantee fund. */
export class Book {
  private readonly orders = new Map<number, ExecutedOrder>();
  private leftKopecks: number;
  /** Sets how later cancellations refund. */
  refundMode: RefundMode = 'at-once';

  /**
   * @param nextOrderId the id of the first order; ids only grow, also over {@link clear}
   * @param fundKopecks the size of the guarantee fund
   * @param kept what an earlier process has kept, and the means to keep what follows; without it the book ends with the process
   */
  constructor(
    private nextOrderId: number,
    readonly fundKopecks: number,
    private readonly kept?: { readonly entries: Iterable<BookEntry>; readonly keep: (entry: BookEntry) => void },
  ) {
    this.leftKopecks = fundKopecks;
    for (const entry of kept?.entries ?? []) this.apply(entry);
  }

  get fundLeftKopecks(): number {
    return this.leftKopecks;
  }

  /** Leaves another sum in the fund, as filling it up or a settlement would. */
  setFundLeft(kopecks: number): void {
    this.change({ leftKopecks: kopecks });
  }

  /** Executes an order: takes its price out of the fund and writes it down. */
  execute(order: Omit<ExecutedOrder, 'orderId'>): ExecutedOrder | Refusal {
    const total = sum(order.lineKopecks);
    if (total > this.leftKopecks) return REFUSALS.fund;
    const executed = { orderId: this.nextOrderId, ...order };
    this.change({ order: executed });
    return executed;
  }

  /** Every executed order, the first one first. */
  executed(): IterableIterator<ExecutedOrder> {
    return this.orders.values();
  }

  order(orderId: number): ExecutedOrder | undefined {
    return this.orders.get(orderId);
  }

  /** The order and line a ticket belongs to. */
  ticket(ticketId: number): { order: ExecutedOrder; line: number } | undefined {
    const order = this.orders.get(Math.floor(ticketId / TICKETS_PER_ORDER));
    const line = ticketId % TICKETS_PER_ORDER;
    return order !== undefined && line < order.tickets.length ? { order, line } : undefined;
  }

  /** Writes the ticket to the card. */
  write(order: ExecutedOrder, line: number): Refusal | undefined {
    if (order.tickets[line]?.startsWith('payback') === true) return REFUSALS.alreadyPaidBack;
    return this.setTicket(order, line, 'written');
  }

  /** Begins the refund of a ticket; a written ticket is not refunded. */
  initiatePayback(order: ExecutedOrder, line: number): Refusal | undefined {
    if (order.tickets[line] === 'written') return REFUSALS.ticketWritten;
    if (order.tickets[line] !== 'pending') return REFUSALS.alreadyPaidBack;
    return this.setTicket(order, line, 'payback-initiated');
  }

  /** Completes the refund of a ticket, begun or not; a written ticket is not refunded. */
  payBack(order: ExecutedOrder, line: number): Refusal | undefined {
    if (order.tickets[line] === 'written') return REFUSALS.ticketWritten;
    if (order.tickets[line] === 'payback') return REFUSALS.alreadyPaidBack;
    return this.setTicket(order, line, 'payback');
  }

  /** Cancels a ticket that is not cancelled yet; the refund mode decides when its money returns. */
  cancel(order: ExecutedOrder, line: number): Refusal | undefined {
    if (order.tickets[line] === 'payback-initiated') return REFUSALS.alreadyPaidBack;
    return this.refundMode === 'at-once' ? this.payBack(order, line) : this.initiatePayback(order, line);
  }

  /** Cancels the remaining tickets of an order; refused as a whole when one ticket is written or none remains. */
  cancelOrder(order: ExecutedOrder): Refusal | undefined {
    if (order.tickets.includes('written')) return REFUSALS.ticketWritten;
    if (!order.tickets.includes('pending')) return REFUSALS.alreadyPaidBack;
    for (const [line, state] of order.tickets.entries()) {
      if (state === 'pending') this.cancel(order, line);
    }
    return undefined;
  }

  /** Deletes every order, fills the fund again, and refunds at once; ids continue from where they were. */
  clear(): void {
    this.refundMode = 'at-once';
    this.change({ isCleared: true });
  }

  private setTicket({ orderId }: ExecutedOrder, line: number, state: TicketState): undefined {
    this.change({ orderId, line, state });
  }

  private change(entry: BookEntry): void {
    this.apply(entry);
    this.kept?.keep(entry);
  }

  private apply(entry: BookEntry): void {
    if ('order' in entry) {
      const { order } = entry;
      this.orders.set(order.orderId, order);
      this.nextOrderId = Math.max(this.nextOrderId, order.orderId + 1);
      this.leftKopecks -= sum(order.lineKopecks);
    } else if ('state' in entry) {
      const order = this.orders.get(entry.orderId);
      if (order === undefined) return;
      order.tickets[entry.line] = entry.state;
      if (entry.state === 'payback') this.leftKopecks += order.lineKopecks[entry.line] ?? 0;
    } else if ('leftKopecks' in entry) this.leftKopecks = entry.leftKopecks;
    else {
      this.orders.clear();
      this.leftKopecks = this.fundKopecks;
    }
  }
}

export function ticketIdOf(order: ExecutedOrder, line: number): number {
  return order.orderId * TICKETS_PER_ORDER + line;
}

export function totalKopecksOf(order: ExecutedOrder): number {
  return sum(order.lineKopecks);
}

/** The body of an executed order, read again from its text: it was valid when it was executed, BOM or not. */
export function bodyOf(order: ExecutedOrder): CreateOrderBody {
  const request = JSON.parse(order.rawBody.replace(/^\uFEFF/, '')) as { message: { body: CreateOrderBody } };
  return request.message.body;
}

/**
 * The first order id of a process that was started now: 1/10,000 seconds since 22 April 2022. So a restarted stand-in
 * repeats no id, unless its predecessor took more than 10,000 orders a second on average.
 */
export function firstOrderIdAt(now: Date): number {
  return (now.getTime() - Date.UTC(2022, 3, 22)) * 10;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
