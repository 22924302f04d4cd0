import type { Pool } from 'pg';
import type { OrdersPriority } from '../../config/config.js';
import { newId } from '../../core/new-id.js';
import { Coalescer } from '../../storage/coalescer.js';
import { findSendingBrake, type BrakeState } from '../sending/guard/sending-state.js';
import type { OrderRecord } from '../order.js';
import { AcceptanceUnclearError } from './acceptance-unclear.js';
import { acceptOrders, LostAnswerError, recallOrders, type Acceptance, type NewOrder } from './accept-orders.js';
import type { ClaimOutcome, ClaimRequest } from './claim.js';
import { NO_LIMIT } from './claim-orders.js';
import type { SendJob } from './send-job.js';
import { findOrder } from './find-order.js';
import { FairClaims } from './fair-claims.js';
import { settleAttempts, type AttemptSettlement } from './settle-attempts.js';

/** A value that PostgreSQL refuses (SQLSTATE classes 22 and 23): it must not take its batch down with it. */
export function isDataError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^2[23]...$/.test(code);
}

/**
 * Claims and settlements wait a moment for company: a job of the queue comes alone, and a commit for each would cost
 * the database more than everything else about an order. Against a partner's answer forty milliseconds are nothing.
 */
const GATHER = { ms: 40, enough: 32 } as const;

/**
 * The ledger of orders in PostgreSQL. Calls that arrive together share one statement and one commit; each resolves
 * only when its own change is on disk.
 */
export class Ledger {
  private readonly accepting: Coalescer<NewOrder, Acceptance>;
  private readonly recalling: Coalescer<NewOrder, Acceptance | undefined>;
  private readonly claiming: Coalescer<ClaimRequest, ClaimOutcome>;
  private readonly settling: Coalescer<AttemptSettlement, SendJob | undefined>;

  /**
   * @param leaseMs how long a claim may be in progress before it counts as lost
   * @param permittedRun the run of the database server on which this process may claim; any unless given
   * @param priority which of several due orders a claim takes
   * @param unknownLimit after so many unknown outcomes in a row the breaker opens; there is none unless given
   */
  constructor(
    private readonly pool: Pool,
    leaseMs: number,
    permittedRun?: () => string,
    priority: OrdersPriority = 'single-first',
    private readonly unknownLimit = NO_LIMIT,
  ) {
    const options = { maxBatch: 256, maxConcurrent: 2, isItemFault: isDataError };
    this.accepting = new Coalescer((orders) => acceptOrders(pool, orders), options);
    this.recalling = new Coalescer((orders) => recallOrders(pool, orders), options);
    const sending = { ...options, gather: GATHER };
    const claims = new FairClaims(pool, priority, unknownLimit);
    this.claiming = new Coalescer((jobs) => claims.claim(jobs, leaseMs, permittedRun?.()), sending);
    this.settling = new Coalescer((settlements) => settleAttempts(pool, settlements), sending);
  }

  /** @throws AcceptanceUnclearError when the order may be accepted all the same; otherwise it is not */
  async accept(order: NewOrder): Promise<Acceptance> {
    const id = newId();
    try {
      return await this.accepting.submit({ ...order, id });
    } catch (error) {
      throw error instanceof LostAnswerError ? new AcceptanceUnclearError(id, error.cause) : error;
    }
  }

  /** The order accepted earlier under the key; nothing is accepted now. */
  recall(order: NewOrder): Promise<Acceptance | undefined> {
    return this.recalling.submit(order);
  }

  claim(request: ClaimRequest): Promise<ClaimOutcome> {
    return this.claiming.submit(request);
  }

  settle(settlement: AttemptSettlement): Promise<SendJob | undefined> {
    return this.settling.submit(settlement);
  }

  /** Whether and why orders wait. */
  brake(): Promise<BrakeState> {
    return findSendingBrake(this.pool, this.unknownLimit);
  }

  find(id: string): Promise<OrderRecord | undefined> {
    return findOrder(this.pool, id);
  }
}
