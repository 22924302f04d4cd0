import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeyName, Scope } from '../../http/auth/decorators.js';
import { requireNoFields } from '../../http/schema/no-fields.js';
import { sendJson } from '../../http/send-json.js';
import { isUuid } from '../../http/uuid.js';
import { orderView } from '../order-view.js';
import { CancelService, type NotAsked } from './cancel.service.js';
import type { CancelResult } from './cancel-result.js';
import { cancelProblem, notAskedProblem } from './ticket-problems.js';
import { TicketReader } from './ticket-reader.js';
import { ticketView } from './ticket-view.js';

const NO_ORDER: NotAsked = { kind: 'no-order' };

/** The internal listener: what our own services want of orders that are paid. */
@Controller('orders')
export class TicketsController {
  constructor(
    private readonly cancelling: CancelService,
    private readonly tickets: TicketReader,
  ) {}

  /**
   * 200 with the cancelled order, also when it was so before; 202 when Тройка Бизнес took the cancellation and does not
   * show it yet; 409 when it refuses or the order is in no state for it; 502 or 504 when no one knows; 503 when nothing
   * was sent.
   */
  @Post(':id/cancel')
  @Scope('orders:cancel')
  async cancelOrder(
    @ApiKeyName() who: string,
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() { id: requestId }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireNoFields(body);
    await answer(reply, isUuid(id) ? await this.cancelling.cancelOrder(id, who, requestId) : NO_ORDER, 'order');
  }

  /** As for a whole order; the answer is the order. */
  @Post(':id/tickets/:orderTariffId/cancel')
  @Scope('orders:cancel')
  async cancelTicket(
    @ApiKeyName() who: string,
    @Param('id') id: string,
    @Param('orderTariffId') ticketId: string,
    @Body() body: unknown,
    @Req() { id: requestId }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireNoFields(body);
    const result = isUuid(id) ? await this.cancelling.cancelTicket(id, ticketId, who, requestId) : NO_ORDER;
    await answer(reply, result, 'ticket');
  }

  /** A ticket as Тройка Бизнес reports it now, or with `"stale": true` as the ledger knows it. */
  @Get(':id/tickets/:orderTariffId')
  @Scope('orders:read')
  async ticket(
    @Param('id') id: string,
    @Param('orderTariffId') ticketId: string,
    @Req() { id: requestId }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = isUuid(id) ? await this.cancelling.withTicket(id, ticketId) : NO_ORDER;
    if (found.kind !== 'found') throw notAskedProblem(found, 'ticket');
    await sendJson(reply, 200, ticketView(await this.tickets.read(id, found.ticket, requestId)));
  }
}

/** @throws ProblemError for every result but an order that is cancelled, or that the partner has promised to cancel */
async function answer(reply: FastifyReply, result: CancelResult | NotAsked, about: 'order' | 'ticket'): Promise<void> {
  switch (result.kind) {
    case 'cancelled':
      return await sendJson(reply, 200, orderView(result.order));
    case 'accepted':
      return await sendJson(reply, 202, orderView(result.order));
    case 'refused':
    case 'not-sent':
    case 'unanswered':
      throw cancelProblem(result);
    default:
      throw notAskedProblem(result, about);
  }
}
