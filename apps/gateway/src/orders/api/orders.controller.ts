import { Body, Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeyName, Scope } from '../../http/auth/decorators.js';
import { exactJson } from '../../http/exact-json.js';
import { rawBodyOf } from '../../http/json-body.js';
import { readIdempotencyKey } from '../../http/idempotency-key.js';
import { problem, ProblemError, type Problem } from '../../http/problem.js';
import { sendJson } from '../../http/send-json.js';
import { readBatchRequest } from './batch-request.js';
import { CallbackSender } from '../callbacks/callback-sender.js';
import { orderView } from '../order-view.js';
import { AcceptanceUnclearError } from '../ledger/acceptance-unclear.js';
import { OrderRate } from './order-rate.js';
import { OrdersService, type PostedBody } from './orders.service.js';
import { batchDryRunView, orderDryRunView, readPlacingQuery } from './dry-run-view.js';
import { DryRunService } from './dry-run.service.js';
import { readOrderRequest } from './order-request.js';
import { batchView, refusalOf } from './post-answers.js';
import { RequestHashes } from './request-hash.js';
import { postFailure, type PossibleAcceptance } from './post-failure.js';

/** The internal listener: what our own services ask us to do. */
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly callbacks: CallbackSender,
    private readonly hashes: RequestHashes,
    private readonly rate: OrderRate,
    private readonly dryRuns: DryRunService,
  ) {}

  @Post()
  @Scope('orders:write')
  async post(
    @ApiKeyName() apiKeyName: string,
    @Req() request: FastifyRequest,
    @Query() query: unknown,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { dryRun } = readPlacingQuery(query);
    const idempotencyKey = readIdempotencyKey(request.raw.headersDistinct['idempotency-key']);
    if (idempotencyKey === undefined) {
      const detail =
        'Send a header Idempotency-Key of 1 to 255 printable ASCII characters, once, and another for each order.';
      throw new ProblemError(problem('idempotency-key-missing', detail));
    }
    this.rate.take(apiKeyName, 1);
    const posted = { body, exact: exactJson(rawBodyOf(request), body), traceparent: traceparentOf(request) };
    if (dryRun === 'true') {
      await sendJson(reply, 200, await this.dryRun(apiKeyName, idempotencyKey, posted));
      return;
    }
    const outcome = await this.orders.post(apiKeyName, idempotencyKey, posted).catch((error: unknown) => {
      throw postFailure(
        error,
        error instanceof AcceptanceUnclearError ? [{ idempotencyKey, orderId: error.orderId }] : [],
      );
    });
    if (!('order' in outcome)) throw refusedOrder(refusalOf(outcome));
    if (outcome.kind === 'replayed') void reply.header('idempotency-replayed', 'true');
    void reply.header('location', `/orders/${outcome.order.id}`);
    const { order } = outcome;
    request.span?.note({ orderId: order.id, status: order.status });
    await behindCommit(() => sendJson(reply, 202, orderView(order)), [{ idempotencyKey, orderId: order.id }]);
  }

  @Post('batch')
  @Scope('orders:write')
  async postBatch(
    @ApiKeyName() apiKeyName: string,
    @Req() request: FastifyRequest,
    @Query() query: unknown,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { dryRun } = readPlacingQuery(query);
    const judge = (url: unknown): string | undefined => this.callbacks.faultOf(apiKeyName, url);
    const entries = await readBatchRequest(body, rawBodyOf(request), judge, this.hashes);
    this.rate.take(apiKeyName, entries.length);
    if (dryRun === 'true') {
      await sendJson(reply, 200, batchDryRunView(await this.dryRuns.judge(apiKeyName, entries)));
      return;
    }
    const outcomes = await this.orders.postBatch(apiKeyName, entries, traceparentOf(request));
    const committed = outcomes.flatMap((outcome, index) => {
      const entry = entries[index];
      if (entry?.ok !== true || !('order' in outcome)) return [];
      return { idempotencyKey: entry.fields.idempotencyKey, orderId: outcome.order.id };
    });
    await behindCommit(() => sendJson(reply, 200, batchView(outcomes)), committed);
  }

  /** @throws ProblemError 422 or 429, as the same order posted in earnest */
  private async dryRun(apiKeyName: string, idempotencyKey: string, { body, exact }: PostedBody): Promise<object> {
    const judge = (url: unknown): string | undefined => this.callbacks.faultOf(apiKeyName, url);
    const read = readOrderRequest(body, judge, this.hashes, exact);
    const entry = read.ok ? { ...read, fields: { idempotencyKey, ...read.fields }, pointer: '' } : read;
    const run = await this.dryRuns.judge(apiKeyName, [entry]);
    const [outcome] = run.outcomes;
    if (outcome === undefined) throw new Error('an order was not judged');
    if (outcome.kind !== 'accept' && outcome.kind !== 'replay') throw refusedOrder(refusalOf(outcome));
    return orderDryRunView(outcome, run);
  }
}

/** What a day allows is there again on the next one. */
const NEXT_TRY_SECS = '3600';

function refusedOrder(refusal: Problem): ProblemError {
  return new ProblemError(refusal, refusal.status === 429 ? { 'retry-after': NEXT_TRY_SECS } : {});
}

function traceparentOf({ span }: FastifyRequest): string | null {
  return span?.traceparent ?? null;
}

/** Answers; a failure of ours names the orders that are committed. */
async function behindCommit(answer: () => Promise<void>, committed: readonly PossibleAcceptance[]): Promise<void> {
  try {
    await answer();
  } catch (error) {
    throw postFailure(error, committed);
  }
}
