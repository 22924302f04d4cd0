import { createHash } from 'node:crypto';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Queue } from 'bullmq';
import { QueryFailedError, Repository } from 'typeorm';
import { OrderEntity } from '../entities.js';
import type { PostOrderDto } from './post-order.dto.js';

const UNIQUE_VIOLATION = '23505';
const API_KEY_NAME = 'shop';

/** The body as it came: the DTO has its keys in another order, and the partner is to get the producer's. */
export interface PostedBody {
  readonly order: object;
}

@Injectable()
export class OrdersService {
  constructor(
    @InjectRepository(OrderEntity) private readonly orders: Repository<OrderEntity>,
    @InjectQueue('send') private readonly queue: Queue,
  ) {}

  async post(
    idempotencyKey: string,
    dto: PostOrderDto,
    posted: PostedBody,
  ): Promise<{ order: OrderEntity; replayed: boolean }> {
    const requestHash = createHash('sha256').update(JSON.stringify(posted)).digest();
    try {
      const order = await this.orders.save(
        this.orders.create({
          apiKeyName: API_KEY_NAME,
          idempotencyKey,
          requestHash,
          reference: dto.reference ?? null,
          body: posted.order,
          callbackUrl: dto.callbackUrl ?? null,
          metadata: dto.metadata ?? null,
        }),
      );
      await this.queue.add('job', { orderId: order.id }, { jobId: `${order.id}-0`, removeOnComplete: true });
      return { order, replayed: false };
    } catch (error) {
      if (!(error instanceof QueryFailedError) || error.driverError.code !== UNIQUE_VIOLATION) throw error;
    }
    const earlier = await this.orders.findOneByOrFail({ apiKeyName: API_KEY_NAME, idempotencyKey });
    if (earlier.requestHash.equals(requestHash)) return { order: earlier, replayed: true };
    throw new UnprocessableEntityException('The key belongs to another order.');
  }
}
