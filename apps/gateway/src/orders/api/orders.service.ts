import { Inject, Injectable } from '@nestjs/common';
import type { CreateOrderBody } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import type { BatchEntry } from './batch-request.js';
import { CallbackSender } from '../callbacks/callback-sender.js';
import { Catalog } from '../../partner/catalog/catalog.js';
import type { Acceptance, NewOrder } from '../ledger/accept-orders.js';
import { DayBudgets } from '../ledger/day-budgets.js';
import { Ledger } from '../ledger/ledger.js';
import type { OrderRecord } from '../order.js';
import { AcceptanceUnclearError } from '../ledger/acceptance-unclear.js';
import { readOrderRequest } from './order-request.js';
import { postFailure, type PossibleAcceptance } from './post-failure.js';
import { RequestHashes } from './request-hash.js';
import { TRACES, type Traces } from '../../tracing/traces.js';
import { SendQueue } from '../sending/send-queue.js';

/** Not taken, and why. */
export type RefusedOrder =
  | Extract<Acceptance, { kind: 'key-reused' }>
  | { readonly kind: 'faulty'; readonly faults: readonly FieldFault[] }
  /** `roubles` is what the key may spend on a day. */
  | { readonly kind: 'over-budget'; readonly roubles: number };
export type PostOutcome = Acceptance | RefusedOrder;

/** The posted body, as JavaScript reads it and with the exact text of every number. */
export interface PostedBody {
  readonly body: unknown;
  readonly exact: unknown;
  /** The trace that the call belongs to; null if it is not traced. */
  readonly traceparent: string | null;
}

/** Takes orders from producers. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly ledger: Ledger,
    @Inject(SendQueue) private readonly queue: Pick<SendQueue, 'enqueue'>,
    @Inject(CallbackSender) private readonly callbacks: Pick<CallbackSender, 'faultOf'>,
    private readonly catalog: Catalog,
    private readonly hashes: RequestHashes,
    private readonly budgets: DayBudgets,
    @Inject(TRACES) private readonly traces: Traces,
  ) {}

  /** Checks and commits an order, then lets the queue know; the answer does not wait for the queue. */
  async post(
    apiKeyName: string,
    idempotencyKey: string,
    { body, exact, traceparent }: PostedBody,
  ): Promise<PostOutcome> {
    const request = readOrderRequest(body, (url) => this.callbacks.faultOf(apiKeyName, url), this.hashes, exact);
    if (!request.ok) return { kind: 'faulty', faults: request.faults };
    return this.accept({ apiKeyName, idempotencyKey, traceparent, ...request.fields }, request.order, '');
  }

  /**
   * Commits every good entry of a batch, each independently. When a key is repeated, its first good entry makes the
   * order and the others get the same order, whatever the order of commits.
   *
   * @returns one outcome per entry, in the order given
   * @throws the ledger's first error, with the ids of the orders that are accepted, or may be
   */
  async postBatch(
    apiKeyName: string,
    entries: readonly BatchEntry[],
    traceparent: string | null,
  ): Promise<PostOutcome[]> {
    const keys = new Set<string>();
    const isRepeat = entries.map((entry) => {
      if (!entry.ok) return false;
      const repeats = keys.has(entry.fields.idempotencyKey);
      keys.add(entry.fields.idempotencyKey);
      return repeats;
    });
    const outcomes = new Map<BatchEntry, PostOutcome>();
    const acceptances: PossibleAcceptance[] = [];
    const accept = async (chosen: readonly BatchEntry[]): Promise<void> => {
      let failure: unknown;
      const accepting = chosen.map(async (entry) => {
        const common = { apiKeyName, isBatch: entries.length > 1, traceparent };
        const outcome = await this.acceptEntry(common, entry).catch((error: unknown) => {
          failure ??= error;
          return error instanceof AcceptanceUnclearError ? error : undefined;
        });
        if (outcome === undefined) return;
        if (!(outcome instanceof AcceptanceUnclearError)) outcomes.set(entry, outcome);
        const orderId = 'orderId' in outcome ? outcome.orderId : 'order' in outcome ? outcome.order.id : undefined;
        if (entry.ok && orderId !== undefined)
          acceptances.push({ idempotencyKey: entry.fields.idempotencyKey, orderId });
      });
      await Promise.all(accepting);
      if (failure !== undefined) throw postFailure(failure, acceptances);
    };
    await accept(entries.filter((_, index) => !isRepeat[index]));
    await accept(entries.filter((_, index) => isRepeat[index]));
    return entries.map((entry) => outcomes.get(entry) as PostOutcome);
  }

  find(id: string): Promise<OrderRecord | undefined> {
    return this.ledger.find(id);
  }

  private async acceptEntry(
    common: Pick<NewOrder, 'apiKeyName' | 'isBatch' | 'traceparent'>,
    entry: BatchEntry,
  ): Promise<PostOutcome> {
    if (!entry.ok) return { kind: 'faulty', faults: entry.faults };
    return this.accept({ ...common, ...entry.fields }, entry.order, entry.pointer);
  }

  /** @param pointer the path of the request in the posted body */
  private async accept(fields: NewOrder, order: CreateOrderBody, pointer: string): Promise<PostOutcome> {
    const faults = this.catalog.check(order);
    // An accepted order is answered again, even if its tariff has changed since.
    if (faults.length > 0) return (await this.ledger.recall(fields)) ?? refused(faults, `${pointer}/order`);
    const roubles = this.budgets.limitOf(fields.apiKeyName);
    if (roubles !== undefined) return await this.acceptWithin(roubles, fields, order);
    return await this.commit(fields);
  }

  /** An order that costs more than its key may spend today is not accepted; one that was accepted before is answered again. */
  private async acceptWithin(roubles: number, fields: NewOrder, order: CreateOrderBody): Promise<PostOutcome> {
    const earlier = await this.ledger.recall(fields);
    if (earlier !== undefined) return earlier;
    // What the dictionaries do not say cannot be counted, and must not keep a producer from selling.
    const kopecks = this.catalog.expectedCost(order)?.most ?? 0;
    if (!(await this.budgets.take(fields.apiKeyName, kopecks))) return { kind: 'over-budget', roubles };
    const acceptance = await this.commit(fields);
    if (acceptance.kind !== 'accepted') await this.budgets.giveBack(fields.apiKeyName, kopecks);
    return acceptance;
  }

  private async commit(fields: NewOrder): Promise<Acceptance> {
    const span = this.traces.begin('commit order', { parent: fields.traceparent });
    const acceptance = await this.ledger.accept(fields);
    span.end({ outcome: acceptance.kind, orderId: 'order' in acceptance ? acceptance.order.id : null });
    if (acceptance.kind === 'accepted') this.queue.enqueue({ orderId: acceptance.order.id, generation: 0 });
    return acceptance;
  }
}

/** @param pointer where the order stands in the posted body */
export function refused(faults: readonly FieldFault[], pointer: string): RefusedOrder {
  return { kind: 'faulty', faults: faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })) };
}
