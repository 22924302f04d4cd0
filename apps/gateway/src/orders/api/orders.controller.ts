import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { readIdempotencyKey } from '../../http/idempotency-key.js';
import { ProblemError } from '../../http/problem.js';
import { sendJson } from '../../http/send-json.js';
import { readBatchRequest } from './batch-request.js';
import { CallbackSender } from '../callbacks/callback-sender.js';
import { orderView } from '../order-view.js';
import { OrdersService } from './orders.service.js';
import { batchView, refusalOf } from './post-answers.js';

/** The internal listener: what our own services ask us to do. */
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly callbacks: CallbackSender,
  ) {}

  @Post()
  async post(
    @ApiKeyName() apiKeyName: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const idempotencyKey = readIdempotencyKey(request.raw.headersDistinct['idempotency-key']);
    if (idempotencyKey === undefined) {
      throw new ProblemError({
        status: 400,
        detail:
          'Send a header Idempotency-Key of 1 to 255 printable ASCII characters, once, and another for each order.',
      });
    }
    const outcome = await this.orders.post(apiKeyName, idempotencyKey, body);
    if (outcome.kind === 'faulty' || outcome.kind === 'key-reused') throw new ProblemError(refusalOf(outcome));
    if (outcome.kind === 'replayed') void reply.header('idempotency-replayed', 'true');
    void reply.header('location', `/orders/${outcome.order.id}`);
    await sendJson(reply, 202, orderView(outcome.order));
  }

  @Post('batch')
  async postBatch(@ApiKeyName() apiKeyName: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const batch = readBatchRequest(body, (url) => this.callbacks.faultOf(apiKeyName, url));
    if (!batch.ok) throw new ProblemError({ status: 422, detail: 'The batch has faults.', errors: batch.faults });
    await sendJson(reply, 200, batchView(await this.orders.postBatch(apiKeyName, batch.entries)));
  }
}
