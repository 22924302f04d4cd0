import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { WAITS_FOR_SECOND_PERSON } from '../../audit/second-person.js';
import { ApiKeyName, NeedsRole } from '../../http/auth/decorators.js';
import { problem, ProblemError } from '../../http/problem.js';
import { sentenceInRussian } from '../../http/problems/russian/in-russian.js';
import { readerLanguage } from '../../http/reader-language.js';
import { sendJson } from '../../http/send-json.js';
import { isUuid } from '../../http/uuid.js';
import { findSendingHold, type SendingHold } from '../../partner/account/sending-hold.js';
import { countByStatus, type StatusCount } from '../../orders/ledger/decisions/count-by-status.js';
import { purgeOrders } from '../../orders/ledger/decisions/purge-orders.js';
import { orderView } from '../../orders/order-view.js';
import type { ConfirmationCheck, Erasure, ErasurePreview } from './decision-answers.js';
import {
  readCheckQuery,
  readErasurePreview,
  readErasureRequest,
  readPurgeRequest,
  readReplayRequest,
  readResolveRequest,
  readWhy,
} from './decision-requests.js';
import { DecisionsService, type DecisionOutcome } from './decisions.service.js';
import { previewErasure } from './preview-erasure.js';
import { NO_SUCH_ORDER } from '../../orders/order-not-found.js';

/** What operators decide, and the record of who did. Every call needs an admin key; its name goes into the audit. */
@Controller('admin')
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionsService,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  /** 200 with the order as it is now; 409 when it is not unknown, or Тройка Бизнес says otherwise. */
  @Post('orders/:id/resolve')
  async resolve(
    @ApiKeyName() who: string,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const decision = readResolveRequest(body, who);
    await answer(reply, isUuid(id) ? await this.decisions.resolve(id, decision) : { kind: 'not-found' });
  }

  /**
   * What `resolve` with "confirmed" would do, without doing it: `{"would": "confirm" | "refuse", "because", "order", "holder",
   * "partner", "amount"}`.
   */
  @Get('orders/:id/check')
  @NeedsRole('operator')
  async check(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<ConfirmationCheck> {
    const troikaOrderId = readCheckQuery(query);
    const check = isUuid(id) ? await this.decisions.check(id, troikaOrderId) : undefined;
    if (check === undefined) throw new ProblemError(NO_SUCH_ORDER);
    if (readerLanguage(request) === 'en') return check;
    return { ...check, because: sentenceInRussian(check.because) ?? check.because };
  }

  /** 200 with the order, which is `retrying` now; 409 when it is neither failed nor rejected. */
  @Post('orders/:id/replay')
  async replay(
    @ApiKeyName() who: string,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const actor = readWhy(body, who);
    await answer(reply, isUuid(id) ? await this.decisions.replay(id, actor) : { kind: 'not-found' });
  }

  /** Sends many again, the oldest first: `{"replayed": COUNT}`. Repeat it until the count is below the limit. */
  @Post('orders/replay')
  @HttpCode(200)
  async replayMany(@ApiKeyName() who: string, @Body() body: unknown): Promise<{ replayed: number }> {
    const decision = readReplayRequest(body, who);
    return { replayed: await this.decisions.replayMany(decision) };
  }

  /** Throws many away, the oldest first: `{"purged": COUNT}`. */
  @Post('orders/purge')
  @HttpCode(200)
  async purge(@ApiKeyName() who: string, @Body() body: unknown): Promise<{ purged: number }> {
    const { request: filter, actor } = readPurgeRequest(body, who);
    return { purged: await purgeOrders(this.pool, filter, actor) };
  }

  /**
   * Erases one person's data by phone: `{"erased": COUNT, "pending": COUNT, "where": {TABLE: COUNT}}`; pending orders
   * follow once they are settled. `where` says how many rows of each table have lost the person.
   */
  @Post('erasures')
  @NeedsRole('admin')
  @HttpCode(200)
  async erase(@ApiKeyName() who: string, @Body() body: unknown): Promise<Erasure> {
    return this.decisions.erase(readErasureRequest(body, who));
  }

  /** What `POST /admin/erasures` would take and leave; nothing is erased. */
  @Post('erasures/preview')
  @NeedsRole('admin')
  @HttpCode(200)
  async previewErasure(@ApiKeyName() who: string, @Body() body: unknown): Promise<ErasurePreview> {
    return previewErasure(this.pool, readErasurePreview(body), who);
  }

  /**
   * `{"counts": [{"status", "count", "oldestAt", "oldestAgeSecs"}], "sendingHold": {"held", "since", "floor",
   * "amountLeft"}}`; the orders themselves: `/admin/orders?status=…`. While sending is held, `accepted` and `retrying`
   * grow and nothing is wrong with them.
   */
  @Get('order-counts')
  async orderCounts(): Promise<{ counts: StatusCount[]; sendingHold: SendingHold }> {
    const [counts, sendingHold] = await Promise.all([countByStatus(this.pool), findSendingHold(this.pool)]);
    return { counts, sendingHold };
  }

  /** The former name of `order-counts`, with its former field; the next release removes it. */
  @Get('piles')
  async piles(): Promise<{ piles: StatusCount[]; sendingHold: SendingHold }> {
    const { counts, sendingHold } = await this.orderCounts();
    return { piles: counts, sendingHold };
  }
}

async function answer(reply: FastifyReply, outcome: DecisionOutcome): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      await sendJson(reply, 200, orderView(outcome.order));
      return;
    case 'not-found':
      throw new ProblemError(NO_SUCH_ORDER);
    case 'waits':
      throw new ProblemError(WAITS_FOR_SECOND_PERSON);
    case 'conflict':
      throw new ProblemError(problem('decision-refused', outcome.detail));
  }
}
