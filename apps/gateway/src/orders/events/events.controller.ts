import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName, Scope } from '../../http/auth/decorators.js';
import { sendStream } from '../../http/live-streams.js';
import { findOrder } from '../ledger/find-order.js';
import { findEvents } from '../ledger/order-history.js';
import { foundOrder } from '../order-not-found.js';
import { EventStreams } from './event-streams.js';
import { readLastEventId } from './last-event-id.js';

/** The first one is given to anyone who does not mind. */
const OFFERED = ['application/json', 'text/event-stream'];

/** The history of an order, as a list and live. */
@Controller('orders')
export class EventsController {
  constructor(
    private readonly streams: EventStreams,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  /** `{"events": […]}`, oldest first; as `text/event-stream` the same events one by one, and those to come. */
  @Get(':id/events')
  @Scope('orders:read')
  async events(
    @ApiKeyName() apiKeyName: string,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.header('vary', 'accept');
    if (new Negotiator(request.raw).mediaType(OFFERED) !== 'text/event-stream') {
      await reply.send({ events: await foundOrder(id, () => findEvents(this.pool, id)) });
      return;
    }
    const after = readLastEventId(request.raw.headersDistinct['last-event-id'], query);
    await foundOrder(id, () => findOrder(this.pool, id));
    const stream = this.streams.start({ orderId: id, after }, reply.raw, apiKeyName, request.isKeyOpen);
    await sendStream(reply, stream, 'the list');
  }
}
