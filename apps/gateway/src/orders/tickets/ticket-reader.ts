import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readTicket, requestId, type Ticket } from '@vestibule/troika-contract';
import { describeError, type Logger } from '../../core/logger.js';
import { noteOddAnswer } from '../../partner/odd-answers.js';
import type { Partner } from '../../partner/partner.js';
import type { TicketRecord, TicketStatus } from '../ticket.js';
import { breakerPauseSecs } from './breaker-pause.js';
import { readingOfCall } from './read-placed-order.js';
import { recordTickets } from './record-tickets.js';
import type { TicketView } from './ticket-view.js';
import { statement } from '../../storage/statement.js';

/** A person may be waiting: what the ledger knows is better than an answer later than that. */
const DEADLINE_MS = 5_000;

/**
 * The status of app_get_ticket as news for the ledger. `payback` does not say whether the money is back or only on its
 * way: it is treated as begun, and app_get_order shows when it is completed. An unknown word is ignored.
 */
const NEWS: Readonly<Record<Ticket['status'], TicketStatus | undefined>> = {
  pending: 'pending',
  written: 'written',
  payback: 'refund-initiated',
  other: undefined,
};

const FIND_TICKET = statement('find-ticket')`
select updated_at as "readAt", status from order_tickets where order_id = $1 and order_tariff_id = $2`;

/** Reads one ticket from the partner while the caller waits. */
export class TicketReader {
  /** @param partner undefined where the process has no connection to Тройка Бизнес */
  constructor(
    private readonly pool: Pool,
    private readonly partner: Partner | undefined,
    private readonly logger: Logger,
  ) {}

  /**
   * A ticket as the partner reports it now, with changes recorded; the ledger's data when the partner does not answer
   * in time.
   *
   * @param ticket as the ledger has it
   * @param byRequest the id of the request, for the log
   */
  async read(orderId: string, ticket: TicketRecord, byRequest?: string): Promise<TicketView> {
    const asked = this.ask(orderId, ticket).catch((error: unknown) => {
      this.logger.warn({ requestId: byRequest, orderId, error: describeError(error) }, 'a ticket could not be read');
      return undefined;
    });
    const deadline = new AbortController();
    const late = delay(DEADLINE_MS, undefined, { signal: deadline.signal }).catch(() => undefined);
    // A call that is late continues: what it brings is recorded all the same.
    const live = await Promise.race([asked, late]);
    deadline.abort();
    return live ?? (await this.known(orderId, ticket));
  }

  private async ask(orderId: string, ticket: TicketRecord): Promise<TicketView | undefined> {
    const { partner } = this;
    if (partner === undefined || (await breakerPauseSecs(this.pool)) !== undefined) return undefined;
    const { orderTariffId } = ticket;
    await partner.rateLimiter.take();
    const { rows } = await this.pool.query<{ readAt: Date }>('select clock_timestamp() as "readAt"');
    const readAt = rows[0]?.readAt ?? new Date();
    const result = await partner.callInSlot('app_get_ticket', { orderTariffId: requestId(orderTariffId) });
    const reading = readingOfCall(result, readTicket);
    if (reading.kind !== 'read' || reading.value.orderTariffId !== orderTariffId) return undefined;
    await noteOddAnswer(this.pool, 'app_get_ticket', reading.oddities, this.logger);
    const details = reading.value;
    return { orderId, ticket: await this.record(orderId, ticket, details, readAt), details, readAt };
  }

  private async record(orderId: string, ticket: TicketRecord, details: Ticket, readAt: Date): Promise<TicketRecord> {
    const status = NEWS[details.status];
    if (status === undefined) return ticket;
    const news = { orderTariffId: ticket.orderTariffId, cardNumber: null, tariffId: details.tariffId ?? null, status };
    const [recorded] = await recordTickets(this.pool, [{ orderId, readAt, tickets: [news] }]);
    return recorded?.tickets.find(({ orderTariffId }) => orderTariffId === ticket.orderTariffId) ?? ticket;
  }

  private async known(orderId: string, ticket: TicketRecord): Promise<TicketView> {
    const { rows } = await this.pool.query<{ readAt: Date; status: TicketStatus }>({
      ...FIND_TICKET,
      values: [orderId, ticket.orderTariffId],
    });
    const { readAt = new Date(), status = ticket.status } = rows[0] ?? {};
    return { orderId, ticket: { ...ticket, status }, details: undefined, readAt };
  }
}
