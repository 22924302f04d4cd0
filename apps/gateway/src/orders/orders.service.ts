import { Injectable } from '@nestjs/common';
import type { FieldFault } from '../http/problem.js';
import type { BatchEntry } from './batch-request.js';
import type { Acceptance, NewOrder } from './ledger/accept-orders.js';
import { Ledger } from './ledger/ledger.js';
import type { OrderRecord } from './order.js';
import { readOrderRequest } from './order-request.js';
import { SendQueue } from './send-queue.js';

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
    return this.accept({ apiKeyName, idempotencyKey, ...request.fields });
  }

  /**
   * Commits every good entry of a batch, each as if it had been posted alone. When a key comes more than once, its
   * first good entry makes the order and the others are told of it, whatever the order of commits.
   *
   * @returns one outcome per entry, in the order given
   */
  async postBatch(apiKeyName: string, entries: readonly BatchEntry[]): Promise<PostOutcome[]> {
    const keys = new Set<string>();
    const isRepeat = entries.map((entry) => {
      if (!entry.ok) return false;
      const repeats = keys.has(entry.order.idempotencyKey);
      keys.add(entry.order.idempotencyKey);
      return repeats;
    });
    const outcomes = new Map<BatchEntry, PostOutcome>();
    const accept = async (chosen: readonly BatchEntry[]): Promise<void> => {
      const accepted = await Promise.all(chosen.map((entry) => this.acceptEntry(apiKeyName, entry)));
      chosen.forEach((entry, index) => outcomes.set(entry, accepted[index] as PostOutcome));
    };
    await accept(entries.filter((_, index) => !isRepeat[index]));
    await accept(entries.filter((_, index) => isRepeat[index]));
    return entries.map((entry) => outcomes.get(entry) as PostOutcome);
  }

  find(id: string): Promise<OrderRecord | undefined> {
    return this.ledger.find(id);
  }

  private async acceptEntry(apiKeyName: string, entry: BatchEntry): Promise<PostOutcome> {
    return entry.ok ? this.accept({ apiKeyName, ...entry.order }) : { kind: 'faulty', faults: entry.faults };
  }

  private async accept(order: NewOrder): Promise<Acceptance> {
    const acceptance = await this.ledger.accept(order);
    if (acceptance.kind === 'accepted') this.queue.enqueue({ orderId: acceptance.order.id, generation: 0 });
    return acceptance;
  }
}
