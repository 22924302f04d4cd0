import { Injectable } from '@nestjs/common';
import { Ledger } from './ledger/ledger.js';
import type { Acceptance } from './ledger/accept-orders.js';
import type { OrderRecord } from './order.js';
import { readOrderRequest } from './order-request.js';
import { SendQueue } from './send-queue.js';
import type { FieldFault } from '../http/problem.js';

export type PostOutcome = Acceptance | { readonly kind: 'faulty'; readonly faults: readonly FieldFault[] };

/** Takes orders from producers. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly ledger: Ledger,
    private readonly queue: SendQueue,
  ) {}

  /** Checks and commits an order, then lets the queue know; the answer does not wait for the queue. */
  async post(apiKeyName: string, idempotencyKey: string, body: unknown): Promise<PostOutcome> {
    const request = readOrderRequest(body);
    if (!request.ok) return { kind: 'faulty', faults: request.faults };
    const acceptance = await this.ledger.accept({ apiKeyName, idempotencyKey, ...request.fields });
    if (acceptance.kind === 'accepted') this.queue.enqueue({ orderId: acceptance.order.id, generation: 0 });
    return acceptance;
  }

  find(id: string): Promise<OrderRecord | undefined> {
    return this.ledger.find(id);
  }
}
