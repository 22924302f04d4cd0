import type { ClientBase, Pool } from 'pg';
import type { OrdersPriority } from '../../config/config.js';
import { runTransaction } from '../../storage/transaction.js';
import { claimOrders, lockTrials, NO_LIMIT, type ClaimOutcome, type ClaimRequest } from './claim-orders.js';
import { exchangeJobs } from './exchange-jobs.js';
import { LaneOrder } from './lane-order.js';
import { findDueLanes, type Lane } from './lanes.js';
import { jobIdOf, type SendJob } from './send-job.js';

/** An order that was posted goes before a batch this much later at most: a look into the index is worth that. */
const LOOK_EVERY_MS = 200;
/** Other processes may exchange a job again while one looks for its order; the sweeper finds missed orders. */
const MOST_LOOKS = 3;
/** Requests whose answer was lost are asked again; more of them than that never wait at once. */
const MOST_TARGETS = 10_000;

/**
 * Claims for the jobs of the queue. A job says that an order may be sent; which one, the ledger decides: while orders of
 * several lanes are due, the one whose turn it is.
 */
export class FairClaims {
  private readonly order = new LaneOrder();
  private due: readonly Lane[] = [];
  private lookedAt = -Infinity;
  /** The order that a request was given, by claim id: asked again, it gets the same. */
  private readonly targets = new Map<string, SendJob>();

  constructor(
    private readonly pool: Pool,
    private readonly priority: OrdersPriority,
    private readonly unknownLimit = NO_LIMIT,
  ) {}

  /** @returns one outcome per request; see `claimOrders` */
  async claim(requests: readonly ClaimRequest[], leaseMs: number, serverRun?: string): Promise<ClaimOutcome[]> {
    const due = await this.dueLanes();
    const outcomes = new Map<ClaimRequest, ClaimOutcome>();
    const claimAs = async (db: Pool | ClientBase, chosen: readonly ClaimRequest[]): Promise<void> => {
      const aimed = chosen.map((request) => ({
        ...request,
        ...this.targets.get(request.claimId),
        jobId: jobIdOf(request),
      }));
      const given = await claimOrders(db, aimed, leaseMs, serverRun, this.unknownLimit);
      chosen.forEach((request, index) => outcomes.set(request, given[index] as ClaimOutcome));
    };
    const exchange = async (chosen: readonly ClaimRequest[], lanes: readonly Lane[]): Promise<void> => {
      await runTransaction(this.pool, async (client) => {
        await lockTrials(client);
        const found = await exchangeJobs(client, chosen, lanes, this.order);
        const owned = chosen.filter((request) => this.aim(request, found.get(jobIdOf(request))));
        if (owned.length > 0) await claimAs(client, owned);
      });
    };
    const fresh = requests.filter(({ claimId }) => !this.targets.has(claimId));
    if (due.length > 1 && fresh.length > 0) await exchange(fresh, due);
    const plain = requests.filter((request) => !outcomes.has(request));
    if (plain.length > 0) await claimAs(this.pool, plain);
    // Its order may have let another go before it, and another process's order waits for this job.
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const missed = plain.filter((request) => outcomes.get(request)?.kind === 'nothing');
      if (missed.length > 0) await exchange(missed, []);
    }
    return requests.map((request) => {
      const outcome = outcomes.get(request) as ClaimOutcome;
      if (outcome.kind !== 'stopped') this.targets.delete(request.claimId);
      return outcome;
    });
  }

  private aim({ claimId }: ClaimRequest, target: SendJob | undefined): boolean {
    if (target === undefined) return false;
    if (this.targets.size >= MOST_TARGETS) this.targets.clear();
    this.targets.set(claimId, { orderId: target.orderId, generation: target.generation });
    return true;
  }

  private async dueLanes(): Promise<readonly Lane[]> {
    if (this.priority === 'fifo') return [];
    if (performance.now() - this.lookedAt < LOOK_EVERY_MS) return this.due;
    this.lookedAt = performance.now();
    this.due = await findDueLanes(this.pool);
    return this.due;
  }
}
