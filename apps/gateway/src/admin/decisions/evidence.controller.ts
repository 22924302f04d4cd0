import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName, NeedsRole } from '../../http/auth/decorators.js';
import { ProblemError } from '../../http/problem.js';
import { sendJson } from '../../http/send-json.js';
import { isUuid } from '../../http/uuid.js';
import { findFundEvidence, NO_FUND_EVIDENCE, type FundEvidence } from '../../partner/account/fund-evidence.js';
import { fundEvidenceView } from '../../partner/account/fund-evidence-view.js';
import { findOrder } from '../../orders/ledger/find-order.js';
import { listOrders } from '../../orders/ledger/list-orders.js';
import { noteOrderList, noteOrderView } from '../../orders/ledger/note-order-views.js';
import { findAttempts, findEvents } from '../../orders/ledger/order-history.js';
import type { AttemptRecord } from '../../orders/ledger/history-records.js';
import { orderPageView, orderView } from '../../orders/order-view.js';
import { readOrderQuery, readOrderSearch, type OrderQuery } from '../../orders/api/order-query.js';
import { NO_SUCH_ORDER } from '../../orders/order-not-found.js';
import { weighExpense } from '../../orders/ledger/weigh-expense.js';
import { evidenceText, NO_READINGS } from './evidence-text.js';

const NOT_WEIGHED = { verdict: null, cost: null, times: null, unknownOfCost: null } as const;

/**
 * What an operator reads before deciding. A process with only the role admin has it too. A person who sees the phones of an
 * order is in the audit.
 */
@Controller('admin/orders')
export class EvidenceController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** The same list and parameters as `GET /orders`: `?status=unknown` is a pile. */
  @Get()
  async list(@ApiKeyName() who: string, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.answerPage(who, readOrderQuery(query), reply);
  }

  /** The same by what leads to a person, which must not stand in an address. */
  @Post('search')
  @HttpCode(200)
  @NeedsRole('viewer')
  async search(@ApiKeyName() who: string, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.answerPage(who, readOrderSearch(body), reply);
  }

  private async answerPage(who: string, query: OrderQuery, reply: FastifyReply): Promise<void> {
    const found = await listOrders(this.pool, query);
    const ids = found.orders.map(({ id }) => id);
    await noteOrderList(this.pool, who, ids);
    await sendJson(reply, 200, orderPageView(found));
  }

  /**
   * `{"order", "attempts", "events", "evidence"}`. The evidence, for an unknown order only: the attempt without a known
   * outcome, the guarantee fund before and after it (null without such a reading), and other expenses between the two
   * readings; and what that says: `verdict` (`likely`, `unlikely`, `open`; null without both readings), the `cost` of the order,
   * how many `times` the unexplained amount is that, how many unknown orders of the time cost the same, and `text`, a sentence
   * in `en` and `ru`. What it proves: `partner/account/fund-evidence.ts`.
   */
  @Get(':id')
  async show(@ApiKeyName() who: string, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const [order, attempts, events] = isUuid(id)
      ? await Promise.all([findOrder(this.pool, id), findAttempts(this.pool, id), findEvents(this.pool, id)])
      : [];
    if (order === undefined) throw new ProblemError(NO_SUCH_ORDER);
    await noteOrderView(this.pool, who, order.id);
    const evidence = order.status === 'unknown' ? await this.evidenceOf(id, attempts?.at(-1)) : null;
    await sendJson(reply, 200, { order: orderView(order), attempts, events, evidence });
  }

  private async evidenceOf(orderId: string, attempt: AttemptRecord | undefined): Promise<object> {
    const fund = attempt === undefined ? NO_FUND_EVIDENCE : await findFundEvidence(this.pool, { orderId, ...attempt });
    return { attempt: attempt ?? null, ...fundEvidenceView(fund), ...(await this.weigh(orderId, fund)) };
  }

  private async weigh(orderId: string, { between }: FundEvidence): Promise<object> {
    if (between === null) return { ...NOT_WEIGHED, text: NO_READINGS };
    const { unexplainedLeast: least, unexplainedMost: most, otherUnknown } = between;
    const expense = { least, most, otherUnknown };
    const weighed = await weighExpense(this.pool, orderId, expense);
    return { ...weighed, text: evidenceText(expense, weighed) };
  }
}
