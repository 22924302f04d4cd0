import type { ClientBase, Pool } from 'pg';
import type { OrdersPriority } from '../../config/config.js';
import { runTransaction } from '../../storage/transaction.js';
import type { ClaimOutcome, ClaimRequest } from './claim.js';
import { claimOrders, lockTrials, NO_LIMIT } from './claim-orders.js';
import { exchangeJobs } from './exchange-jobs.js';
import { LaneOrder } from './lane-order.js';
import { findDueLanes, type Lane } from './lanes.js';
import { releaseClaims } from './release-claims.js';
import { jobIdOf, type SendJob } from './send-job.js';

/** An order that was posted goes before a batch this much later at most: a look into the index is worth that. */
const LOOK_EVERY_MS = 200;
/** Other processes may exchange a job again while one looks for its order; the sweeper finds missed orders. */
const MOST_LOOKS = 3;
/** Requests whose answer was lost are asked again; more of them than this never wait at once. */
const MOST_TARGETS = 10_000;

/**
 * Claims for the jobs of the queue. A job says that an order may be sent; which one, the ledger decides: while orders of
 * several lanes are due, the one whose turn it is.
 */
export class FairClaims {
  private readonly order = new LaneOrder();
  private due: readonly Lane[] = [];
  private lookedAt = -Infinity;
  /** The order that a request may have been given in an answer that was lost, by claim id: asked again, it gets the same. */
  private readonly targets = new Map<string, SendJob>();

  constructor(
    private readonly pool: Pool,
    private readonly priority: OrdersPriority,
    private readonly unknownLimit = NO_LIMIT,
  ) {}

  /**
   * A request that is asked again because its answer was lost gets the claim it had. While sending is stopped it gives
   * that claim up: the job may come to another process next, which has no right to it.
   *
   * @returns one outcome per request; see `claimOrders`
   */
  async claim(requests: readonly ClaimRequest[], leaseMs: number, serverRun?: string): Promise<ClaimOutcome[]> {
    const repeated = requests.filter(({ claimId }) => this.targets.has(claimId));
    try {
      const outcomes = await this.ask(requests, leaseMs, serverRun);
      const refused = repeated.filter((request) => outcomes.get(request)?.kind === 'stopped');
      if (refused.length > 0)
        await releaseClaims(
          this.pool,
          refused.map((request) => this.aimed(request)),
        );
      for (const { claimId } of requests) this.targets.delete(claimId);
      return requests.map((request) => outcomes.get(request) as ClaimOutcome);
    } catch (error) {
      for (const request of requests) this.aim(request, this.aimed(request));
      throw error;
    }
  }

  private async ask(
    requests: readonly ClaimRequest[],
    leaseMs: number,
    serverRun: string | undefined,
  ): Promise<Map<ClaimRequest, ClaimOutcome>> {
    const due = await this.dueLanes();
    const outcomes = new Map<ClaimRequest, ClaimOutcome>();
    const claimAs = async (db: Pool | ClientBase, chosen: readonly ClaimRequest[]): Promise<void> => {
      const aimed = chosen.map((request) => ({ ...this.aimed(request), jobId: jobIdOf(request) }));
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
    return outcomes;
  }

  /** @returns the request, for the order that it was given rather than for its own */
  private aimed(request: ClaimRequest): ClaimRequest {
    return { ...request, ...this.targets.get(request.claimId) };
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
