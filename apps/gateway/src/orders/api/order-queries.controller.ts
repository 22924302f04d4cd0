import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName, ReadableOwner, Scope } from '../../http/auth/decorators.js';
import { sendJson } from '../../http/send-json.js';
import { findAttempts } from '../ledger/order-history.js';
import { listOrders } from '../ledger/list-orders.js';
import { noteOrderList, producerInAudit } from '../ledger/note-order-views.js';
import { foundOrder } from '../order-not-found.js';
import { orderPageView, orderView } from '../order-view.js';
import { readOrderQuery } from './order-query.js';
import { OrdersService } from './orders.service.js';

/** The internal listener: what our own services ask about the orders of their key, or of all keys. */
@Controller('orders')
export class OrderQueriesController {
  constructor(
    private readonly orders: OrdersService,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  @Get()
  @Scope('orders:read')
  async list(
    @ApiKeyName() apiKeyName: string,
    @ReadableOwner() owner: string | undefined,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { filter, ...page } = readOrderQuery(query);
    const found = await listOrders(this.pool, { filter: { ...filter, owner }, ...page });
    const ofOthers = found.orders.filter(({ placedBy }) => placedBy !== apiKeyName).map(({ id }) => id);
    await noteOrderList(this.pool, producerInAudit(apiKeyName), ofOthers);
    await sendJson(reply, 200, orderPageView(found));
  }

  @Get(':id')
  @Scope('orders:read')
  async get(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await sendJson(reply, 200, orderView(await foundOrder(id, () => this.orders.find(id))));
  }

  /** The send attempts and their answers: `{"attempts": […]}`, the first one first. */
  @Get(':id/attempts')
  @Scope('orders:read')
  async attempts(@Param('id') id: string): Promise<object> {
    return { attempts: await foundOrder(id, () => findAttempts(this.pool, id)) };
  }
}
