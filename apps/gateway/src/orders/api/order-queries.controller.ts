import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
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
import { readOrderQuery, readOrderSearch, type OrderQuery } from './order-query.js';
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
    await this.answerPage(apiKeyName, owner, readOrderQuery(query), reply);
  }

  /** The same by what leads to a person, which must not stand in an address. */
  @Post('search')
  @HttpCode(200)
  @Scope('orders:read')
  async search(
    @ApiKeyName() apiKeyName: string,
    @ReadableOwner() owner: string | undefined,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answerPage(apiKeyName, owner, readOrderSearch(body), reply);
  }

  private async answerPage(
    apiKeyName: string,
    owner: string | undefined,
    { filter, ...page }: OrderQuery,
    reply: FastifyReply,
  ): Promise<void> {
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
