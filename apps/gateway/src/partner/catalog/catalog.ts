import type pg from 'pg';
import type { CreateOrderBody } from '@vestibule/troika-contract';
import type { FieldFault } from '../../http/problem.js';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { hurryRefresh } from '../refresh/refresh-schedule.js';
import type { DictionaryEntries, DictionaryName } from './dictionaries.js';
import { findDictionaries, type DictionaryRow } from './dictionary-store.js';
import { cardRule, expectedCost, type CostRange } from './expected-cost.js';
import { checkOrder, knownEntries, tariffRule, type OrderRules } from './order-rules.js';
import { Snapshot } from './snapshot.js';

/** How often PostgreSQL is asked whether another process has brought something new. */
const LOOK_MS = 1_000;
/** A producer that names one unknown tariff names it again: one question in a while is enough. */
const HURRY_PAUSE_MS = 10_000;

type Snapshots = { readonly [N in DictionaryName]?: Snapshot<N> };

/**
 * The dictionaries in the memory of this process, whichever process has read them: they are polled from PostgreSQL.
 * While it is away, the copies in memory are still answered.
 */
export class Catalog {
  private snapshots: Snapshots = {};
  private rules: OrderRules = {};
  private readonly periodic = new Periodic(LOOK_MS, () => this.loadChanged());
  private hurriedAt = -Infinity;

  constructor(
    private readonly pool: pg.Pool,
    private readonly logger: Logger,
  ) {}

  /** Resolves when what PostgreSQL has is in memory. A database that is away at that moment is asked again later. */
  async start(): Promise<void> {
    this.periodic.start();
    await this.periodic.run();
  }

  stop(): Promise<void> {
    return this.periodic.stop();
  }

  /** @returns undefined while no process has ever read it */
  async find<N extends DictionaryName>(name: N): Promise<Snapshot<N> | undefined> {
    if (this.snapshots[name] === undefined) await this.periodic.run();
    return this.snapshots[name];
  }

  /**
   * Checks a valid order against the dictionaries in memory. A fault triggers an early refresh, in case the
   * dictionaries are outdated.
   *
   * @returns the faults, with pointers relative to the order
   */
  check(order: CreateOrderBody): FieldFault[] {
    const faults = checkOrder(order, this.rules);
    if (faults.length > 0) this.hurry();
    return faults;
  }

  /**
   * What an order should cost by the dictionaries; undefined where they do not say, or are too old to say.
   */
  expectedCost(order: CreateOrderBody): CostRange | undefined {
    return expectedCost(order, this.rules);
  }

  private async loadChanged(): Promise<void> {
    try {
      const known = Object.values(this.snapshots).map(({ name, version }) => ({ name, version }));
      const rows = await findDictionaries(this.pool, known);
      if (!rows.some((row) => this.isNews(row))) return;
      this.snapshots = Object.fromEntries(rows.map((row) => [row.name, this.snapshotOf(row)]));
      this.rules = rulesOf(this.snapshots);
    } catch (error) {
      this.logger.warn({ error: describeError(error) }, 'the dictionaries could not be looked at: the known ones stay');
    }
  }

  private isNews({ name, version, fetchedAt }: DictionaryRow): boolean {
    const known = this.snapshots[name];
    return known?.version !== version || known.fetchedAt.getTime() !== fetchedAt.getTime();
  }

  private snapshotOf(row: DictionaryRow): Snapshot {
    const { name, version, fetchedAt, refreshSecs, ageMs } = row;
    const known = this.snapshots[name];
    if (known !== undefined && !this.isNews(row)) return known;
    const entries = (row.entries ?? known?.entries ?? []) as DictionaryEntries[typeof name][];
    return new Snapshot(name, version, fetchedAt, refreshSecs, entries, ageMs);
  }

  private hurry(): void {
    if (performance.now() - this.hurriedAt < HURRY_PAUSE_MS) return;
    this.hurriedAt = performance.now();
    hurryRefresh(this.pool, ['tariffs', 'card-types', 'regions']).catch((error: unknown) => {
      this.logger.warn({ error: describeError(error) }, 'an early reading of the dictionaries was not asked for');
    });
  }
}

function rulesOf(snapshots: Snapshots): OrderRules {
  const { tariffs, 'card-types': cardTypes, regions } = snapshots;
  const known = {
    tariffs: tariffs && knownEntries(tariffs, tariffRule),
    'card-types': cardTypes && knownEntries(cardTypes, cardRule),
    regions: regions && knownEntries(regions, () => undefined),
  };
  return Object.fromEntries(Object.entries(known).filter(([, entries]) => entries !== undefined));
}
