import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BearerKeys } from '../http/bearer.js';
import { ProblemError } from '../http/problem.js';
import { encodeOrder, type OrderRecord } from './order.js';
import { readIdempotencyKey } from './order-request.js';
import { OrdersService } from './orders.service.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The internal door: what our own services call. */
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly keys: BearerKeys,
  ) {}

  @Post()
  async post(@Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const apiKeyName = this.keys.nameOf(request);
    const idempotencyKey = readIdempotencyKey(request.raw.headersDistinct['idempotency-key']);
    if (idempotencyKey === undefined) {
      throw new ProblemError({
        status: 400,
        detail:
          'Send a header Idempotency-Key of 1 to 255 printable ASCII characters, once, and another for each order.',
      });
    }
    const outcome = await this.orders.post(apiKeyName, idempotencyKey, body);
    switch (outcome.kind) {
      case 'accepted':
        await send(reply, 202, outcome.order);
        return;
      case 'replayed':
        void reply.header('idempotency-replayed', 'true');
        await send(reply, 202, outcome.order);
        return;
      case 'key-reused':
        throw new ProblemError({
          status: 422,
          detail: 'This Idempotency-Key belongs to another order: its body was different.',
        });
      case 'faulty':
        throw new ProblemError({ status: 422, detail: 'The order has faults.', errors: outcome.faults });
    }
  }

  @Get(':id')
  async get(@Req() request: FastifyRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    this.keys.nameOf(request);
    const order = UUID.test(id) ? await this.orders.find(id) : undefined;
    if (order === undefined) throw new ProblemError({ status: 404, detail: 'There is no order with this id.' });
    await send(reply, 200, order);
  }
}

async function send(reply: FastifyReply, status: number, order: OrderRecord): Promise<void> {
  if (status === 202) void reply.header('location', `/orders/${order.id}`);
  await reply.code(status).header('content-type', JSON_TYPE).send(encodeOrder(order));
}
