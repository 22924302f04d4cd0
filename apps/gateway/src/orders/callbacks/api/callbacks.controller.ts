import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../../../core/core.module.js';
import { ApiKeyName } from '../../../http/auth/decorators.js';
import { encodeCursor } from '../../../http/cursor.js';
import { ProblemError } from '../../../http/problem.js';
import { requireNoFields } from '../../../http/schema/no-fields.js';
import { isUuid } from '../../../http/uuid.js';
import { CallbackSender } from '../callback-sender.js';
import { findDelivery, listDeliveries } from '../outbox/deliveries.js';
import type { EndpointState } from '../outbox/delivery-records.js';
import { listEndpoints, setEndpointState } from '../outbox/endpoints.js';
import { redeliver } from '../outbox/redeliver.js';
import { deliveryIdOf } from '../webhook-id.js';
import { ENDPOINT_DISABLED, noSuch } from './callback-problems.js';
import { readDeliveryQuery, readEndpointQuery } from './callback-queries.js';
import { sendTest } from './test-callback.js';
import { TestLimit } from './test-limit.js';

/** The producers' calls about their callbacks. Each key sees only its own endpoints and deliveries. */
@Controller('callbacks')
export class CallbacksController {
  private readonly testLimit = new TestLimit();

  constructor(
    private readonly sender: CallbackSender,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  /** `{"endpoints": […], "nextCursor"}`, the newest first. */
  @Get('endpoints')
  async endpoints(@ApiKeyName() producer: string, @Query() query: unknown): Promise<object> {
    const { endpoints, next } = await listEndpoints(this.pool, producer, readEndpointQuery(query));
    return { endpoints, nextCursor: next === undefined ? null : encodeCursor([next.createdAt, next.id]) };
  }

  /** The endpoint; what waited for it continues at once. */
  @Post('endpoints/:id/enable')
  @HttpCode(200)
  enable(@ApiKeyName() producer: string, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return this.setState(producer, id, body, 'enabled');
  }

  /** The endpoint; its events are kept. */
  @Post('endpoints/:id/disable')
  @HttpCode(200)
  disable(@ApiKeyName() producer: string, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return this.setState(producer, id, body, 'disabled');
  }

  /** `{"deliveries": […], "nextCursor"}`, the newest event first. */
  @Get('deliveries')
  async deliveries(@ApiKeyName() producer: string, @Query() query: unknown): Promise<object> {
    const { deliveries, next } = await listDeliveries(this.pool, producer, readDeliveryQuery(query));
    return { deliveries, nextCursor: next === undefined ? null : encodeCursor([next]) };
  }

  /** `{"delivery": {…}, "attempts": […]}`, the first attempt first. */
  @Get('deliveries/:id')
  async delivery(@ApiKeyName() producer: string, @Param('id') id: string): Promise<object> {
    return await this.found(producer, id);
  }

  /** 202 with the delivery: it is sent at once, under the webhook-id it had. */
  @Post('deliveries/:id/redeliver')
  @HttpCode(202)
  async redeliver(@ApiKeyName() producer: string, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    requireNoFields(body);
    switch (await redeliver(this.pool, producer, deliveryId(id))) {
      case 'scheduled':
        return await this.found(producer, id);
      case 'endpoint-disabled':
        throw new ProblemError(ENDPOINT_DISABLED);
      case 'not-found':
        throw noSuch('delivery');
    }
  }

  /** What the receiver answers to a delivery of type `test`, sent now. */
  @Post('test')
  @HttpCode(200)
  async test(@ApiKeyName() producer: string, @Body() body: unknown): Promise<object> {
    return await sendTest(this.sender, this.testLimit, producer, body);
  }

  private async setState(producer: string, id: string, body: unknown, state: EndpointState): Promise<object> {
    requireNoFields(body);
    const endpoint = isUuid(id) ? await setEndpointState(this.pool, producer, id, state) : undefined;
    if (endpoint === undefined) throw noSuch('endpoint');
    return endpoint;
  }

  private async found(producer: string, id: string): Promise<object> {
    const found = await findDelivery(this.pool, producer, deliveryId(id));
    if (found === undefined) throw noSuch('delivery');
    return found;
  }
}

function deliveryId(webhookId: string): string {
  const id = deliveryIdOf(webhookId);
  if (id === undefined) throw noSuch('delivery');
  return id;
}
