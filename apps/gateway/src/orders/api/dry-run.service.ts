import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { Catalog } from '../../partner/catalog/catalog.js';
import { DayBudgets } from '../ledger/day-budgets.js';
import { findCosts } from '../ledger/dry-run-costs.js';
import type { Acceptance } from '../ledger/accept-orders.js';
import { Ledger } from '../ledger/ledger.js';
import type { OrderRecord } from '../order.js';
import type { BatchEntry } from './batch-request.js';
import { refused, type RefusedOrder } from './orders.service.js';

type GoodEntry = Extract<BatchEntry, { ok: true }>;

/** What an order would come to. */
export type DryRunOutcome =
  /** In roubles, exact; null where a price is not known. */
  | { readonly kind: 'accept'; readonly price: string | null }
  /** The present order; undefined when it stands further up in the same batch. */
  | { readonly kind: 'replay'; readonly order: OrderRecord | undefined }
  | RefusedOrder;

export interface DryRun {
  readonly outcomes: readonly DryRunOutcome[];
  /** Of all that would be accepted. */
  readonly price: string | null;
  readonly fund: { readonly left: string | null; readonly after: string | null };
}

/** Judges orders as if they were posted, and places none. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly ledger: Ledger,
    private readonly catalog: Catalog,
    private readonly budgets: DayBudgets,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  /** @returns one outcome per entry, in the order given */
  async judge(apiKeyName: string, entries: readonly BatchEntry[]): Promise<DryRun> {
    const recalled = await Promise.all(
      entries.map(async (entry) => (entry.ok ? await this.ledger.recall({ apiKeyName, ...entry.fields }) : undefined)),
    );
    const accepted = new Map<string, GoodEntry>();
    const budget = await this.budgets.find(apiKeyName);
    let kopecks = 0;
    const judged = entries.map((entry, index) => {
      if (!entry.ok) return { kind: 'faulty', faults: entry.faults } as const;
      const key = entry.fields.idempotencyKey;
      const outcome = this.judgeOne(entry, recalled[index], accepted.get(key));
      if (outcome.kind !== 'accept') return outcome;
      const cost = this.catalog.expectedCost(entry.order)?.most ?? 0;
      if (budget !== undefined && cost > 0 && kopecks + cost > budget.kopecksLeft) {
        return { kind: 'over-budget', roubles: budget.roubles } as const;
      }
      kopecks += cost;
      accepted.set(key, entry);
      return outcome;
    });
    const wanted = entries.flatMap((entry, index) =>
      entry.ok && judged[index]?.kind === 'accept' ? [entry.fields.body] : [],
    );
    const { prices, price, left, after } = await findCosts(this.pool, wanted);
    let next = 0;
    const outcomes = judged.map((outcome): DryRunOutcome => {
      if (outcome.kind !== 'accept') return outcome;
      next += 1;
      return { kind: 'accept', price: prices[next - 1] ?? null };
    });
    return { outcomes, price, fund: { left, after } };
  }

  /**
   * @param earlier what the ledger has under the key
   * @param first the entry of the same call that would be accepted under the key
   */
  private judgeOne(
    { fields, order, pointer }: GoodEntry,
    earlier: Acceptance | undefined,
    first: GoodEntry | undefined,
  ): { readonly kind: 'accept' } | Exclude<DryRunOutcome, { kind: 'accept' }> {
    if (earlier?.kind === 'key-reused') return earlier;
    if (earlier !== undefined) return { kind: 'replay', order: earlier.order };
    const faults = this.catalog.check(order);
    if (faults.length > 0) return refused(faults, `${pointer}/order`);
    if (first === undefined) return { kind: 'accept' };
    const isSame = first.fields.requestHash.equals(fields.requestHash);
    return isSame ? { kind: 'replay', order: undefined } : { kind: 'key-reused' };
  }
}
