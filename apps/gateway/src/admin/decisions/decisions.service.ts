import type { CreateOrderBody } from '@vestibule/troika-contract';
import type pg from 'pg';
import { eraseMember } from '../../loyalty/erasure/erase-member.js';
import { runTransaction } from '../../storage/transaction.js';
import { cleanText } from '../../storage/clean-text.js';
import { anonymiseOrders, requestErasure } from '../../orders/ledger/anonymise-orders.js';
import type { SendJob } from '../../orders/ledger/send-job.js';
import type { Actor } from '../../audit/actor.js';
import { agreeOnDecision, type Proposal } from '../../audit/second-person.js';
import type { SecondPersonKind } from '../../config/second-person-kinds.js';
import { replayOrder, replayOrders, type ReplayFilter } from '../../orders/ledger/decisions/replay-orders.js';
import { findHolder, resolveOrder, type Resolution } from '../../orders/ledger/decisions/resolve-order.js';
import { findOrder } from '../../orders/ledger/find-order.js';
import { findOrderCost } from '../../orders/ledger/order-costs.js';
import type { OrderRecord } from '../../orders/order.js';
import type { Partner } from '../../partner/partner.js';
import type { SendQueue } from '../../orders/sending/send-queue.js';
import type { ConfirmationCheck, Erasure } from './decision-answers.js';
import type { Decided, ErasurePhone, ResolveRequest } from './decision-requests.js';
import { checkWithPartner, type PartnerCheck } from './partner-check.js';
import { hashPhone } from './phone-hash.js';

/** The result of a decision about one order. */
export type DecisionOutcome =
  | { readonly kind: 'done'; readonly order: OrderRecord }
  | { readonly kind: 'not-found' }
  /** A second person has to make the same decision. */
  | { readonly kind: 'waits' }
  /** Not now, and why, for the operator. */
  | { readonly kind: 'conflict'; readonly detail: string };

const ERASE_BATCH = 500;

/** What operators decide. Every decision is one statement that also writes the history and the audit. */
export class DecisionsService {
  /**
   * @param queue undefined if the process has none: a worker's sweeper then queues due orders
   * @param partner undefined if the process has no connection to Тройка Бизнес
   */
  constructor(
    private readonly pool: pg.Pool,
    private readonly queue: SendQueue | undefined,
    private readonly partner: Partner | undefined,
    private readonly secondPerson: ReadonlySet<SecondPersonKind> = new Set(),
  ) {}

  /** Decides the outcome of an unknown order. */
  async resolve(orderId: string, { request, actor }: Decided<ResolveRequest>): Promise<DecisionOutcome> {
    const order = await findOrder(this.pool, orderId);
    if (order === undefined) return { kind: 'not-found' };
    if (order.status !== 'unknown') return refuseResolution(order);
    if (request.kind === 'resend' && this.secondPerson.has('resend')) {
      const proposal: Proposal = { action: 'order.resolve', subject: { orderId }, wanted: 'resend' };
      const isAgreed = (await agreeOnDecision(this.pool, proposal, actor)) !== undefined;
      if (!isAgreed) return { kind: 'waits' };
    }
    const resolution = request.kind === 'confirmed' ? await this.examine(order, request) : decided(request.kind);
    if ('conflict' in resolution) return { kind: 'conflict', detail: resolution.conflict };
    const resolved = await resolveOrder(this.pool, orderId, resolution, actor);
    // Another change was faster: another operator's, or a late answer of the partner.
    if (resolved === undefined) return refuseResolution((await findOrder(this.pool, orderId)) ?? order);
    this.enqueue(resolved.job);
    return { kind: 'done', order: resolved.order };
  }

  /** What `resolve` with this number would do, with the evidence. @returns undefined when there is no such order */
  async check(orderId: string, troikaOrderId: string): Promise<ConfirmationCheck | undefined> {
    const order = await findOrder(this.pool, orderId);
    if (order === undefined) return undefined;
    const [holder, partner, expected] = await Promise.all([
      findHolder(this.pool, troikaOrderId, orderId),
      checkWithPartner(this.partner, troikaOrderId, JSON.parse(order.body) as CreateOrderBody),
      findOrderCost(this.pool, orderId),
    ]);
    const refusal =
      order.status === 'unknown'
        ? conflictOf(troikaOrderId, holder, partner)
        : `The order is ${order.status}; only an unknown one is to be resolved.`;
    const confirmation =
      partner.kind === 'agrees' ? 'Тройка Бизнес has this order, with the same lines.' : partner.detail;
    return {
      would: refusal === undefined ? 'confirm' : 'refuse',
      because: refusal ?? confirmation,
      status: order.status,
      holder: holder ?? null,
      partner: { check: partner.kind, detail: partner.kind === 'agrees' ? null : cleanText(partner.detail) },
      amount: { atPartner: partner.kind === 'agrees' ? partner.totalAmount : null, expected },
    };
  }

  /** Sends a failed or rejected order again. */
  async replay(orderId: string, actor: Actor): Promise<DecisionOutcome> {
    const replayed = await replayOrder(this.pool, orderId, actor);
    if (replayed !== undefined) {
      this.enqueue(replayed.job);
      return { kind: 'done', order: replayed.order };
    }
    const order = await findOrder(this.pool, orderId);
    if (order === undefined) return { kind: 'not-found' };
    const isReplayable = order.status === 'failed' || order.status === 'rejected';
    const detail = isReplayable
      ? `The order is ${order.status}, but its personal data are erased: no one is left to send it for.`
      : `The order is ${order.status}; only a failed or a rejected one can be sent again.`;
    return { kind: 'conflict', detail };
  }

  /** @returns how many orders were sent again */
  async replayMany({ request, actor }: Decided<ReplayFilter>): Promise<number> {
    const jobs = await replayOrders(this.pool, request, actor);
    for (const job of jobs) this.enqueue(job);
    return jobs.length;
  }

  /**
   * Erases one person's data: in the programme, and in orders: settled ones at once, the others as soon as they are
   * settled.
   *
   * @returns how many orders were and will be anonymised, and how many rows of each table have lost the person
   */
  async erase({ request: { msisdn, inOrders }, actor }: Decided<ErasurePhone>): Promise<Erasure> {
    const phoneHash = await hashPhone(inOrders[0] ?? '');
    const { programme, orders, pending } = await runTransaction(this.pool, async (client) => {
      const programme = msisdn === undefined ? {} : await eraseMember(client, msisdn);
      return { programme, ...(await requestErasure(client, { phones: inOrders, phoneHash, programme }, actor)) };
    });
    let count = orders > pending ? ERASE_BATCH : 0;
    while (count === ERASE_BATCH) count = await anonymiseOrders(this.pool, { kind: 'on-request' }, ERASE_BATCH);
    return { erased: orders - pending, pending, where: { orders: orders - pending, ...programme } };
  }

  /** Holds a claim of "executed" against what the partner and our own ledger say. */
  private async examine(
    order: OrderRecord,
    { troikaOrderId, force }: Extract<ResolveRequest, { kind: 'confirmed' }>,
  ): Promise<Resolution | { conflict: string }> {
    const holder = await findHolder(this.pool, troikaOrderId, order.id);
    if (holder !== undefined && !force) return { conflict: heldBy(holder, troikaOrderId) };
    const check = await checkWithPartner(this.partner, troikaOrderId, JSON.parse(order.body) as CreateOrderBody);
    const conflict = force ? undefined : conflictOf(troikaOrderId, undefined, check);
    if (conflict !== undefined) return { conflict };
    return {
      kind: 'confirmed',
      troikaOrderId,
      totalAmount: check.kind === 'agrees' ? check.totalAmount : null,
      force,
      details: {
        decision: 'confirmed',
        troikaOrderId,
        force,
        check: check.kind,
        ...(check.kind === 'agrees' ? {} : { checkDetail: cleanText(check.detail) }),
      },
    };
  }

  private enqueue(job: SendJob | undefined): void {
    if (job !== undefined) this.queue?.enqueue(job);
  }
}

function heldBy(holder: string, troikaOrderId: string): string {
  return `Order ${holder} has ${troikaOrderId} already. Check the number, or send "force": true.`;
}

/** Why a confirmation is refused unless it is forced. */
function conflictOf(troikaOrderId: string, holder: string | undefined, check: PartnerCheck): string | undefined {
  if (holder !== undefined) return heldBy(holder, troikaOrderId);
  if (check.kind !== 'denies') return undefined;
  const detail = `Тройка Бизнес does not confirm its order ${troikaOrderId}: ${check.detail}.`;
  return `${detail} Check the number, or send "force": true.`;
}

function decided(kind: 'resend' | 'fail'): Resolution {
  const details = { decision: 'not-created', next: kind };
  return { kind, troikaOrderId: null, totalAmount: null, force: false, details };
}

function refuseResolution({ status }: OrderRecord): DecisionOutcome {
  const detail =
    status === 'unknown'
      ? 'Another decision about the same order came in between: look at both, and try again.'
      : `The order is ${status}; only an unknown one is to be resolved.`;
  return { kind: 'conflict', detail };
}
