import { BadRequestException, Body, Controller, Headers, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BearerGuard } from './bearer.guard.js';
import { OrdersService, type PostedBody } from './orders.service.js';
import { PostOrderDto } from './post-order.dto.js';

@Controller('orders')
@UseGuards(BearerGuard)
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  @HttpCode(202)
  async post(
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body() dto: PostOrderDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    if (idempotencyKey === undefined || idempotencyKey.length > 255) {
      throw new BadRequestException('Send an Idempotency-Key.');
    }
    const { order, replayed } = await this.orders.post(idempotencyKey, dto, request.body as PostedBody);
    response.location(`/orders/${order.id}`);
    if (replayed) response.header('idempotency-replayed', 'true');
    const { id, status, reference, body, createdAt, updatedAt } = order;
    const troika = { orderId: null, totalAmount: null, resultCode: null, resultMessage: null };
    return { id, status, reference, order: body, troika, attempts: 0, tickets: [], createdAt, updatedAt };
  }
}
