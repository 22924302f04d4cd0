import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import pg from 'pg';
import type { Config } from '../../config/config.js';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { sendStream } from '../../http/live-streams.js';
import { problem, ProblemError } from '../../http/problem.js';
import { isUuid } from '../../http/uuid.js';
import { makePlan, MOST_PLANNED } from '../../orders/ledger/plans/make-plan.js';
import { findPlan, listPlans, type Plan } from '../../orders/ledger/plans/plan.js';
import { startPlan, stopPlan } from '../../orders/ledger/plans/run-plan.js';
import { readPlanRequest, readRunRequest } from './plan-requests.js';
import { PlanRunner } from './plan-runner.js';
import { isAtRest, planEventId, PlanStreams } from './plan-streams.js';

/** The first one is given to anyone who does not mind. */
const OFFERED = ['application/json', 'text/event-stream'];

/** Decisions about many orders: first what would happen, then, with the count repeated, that it does. */
@Controller('admin/orders/plans')
export class PlansController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly runner: PlanRunner,
    private readonly streams: PlanStreams,
    private readonly config: ConfigService<Config, true>,
  ) {}

  /** The plan: how many orders, which not and why, roubles at stake. Nothing is decided. */
  @Post()
  async make(@ApiKeyName() who: string, @Body() body: unknown): Promise<Plan> {
    const { plan, actor } = readPlanRequest(body, who);
    const made = await makePlan(this.pool, plan, actor);
    if (made !== undefined) return made;
    throw new ProblemError(problem('filter-too-wide', `The filter finds more than ${MOST_PLANNED} orders: narrow it.`));
  }

  /** `{"plans": [...]}`, the newest first. */
  @Get()
  async list(): Promise<{ plans: Plan[] }> {
    return { plans: await listPlans(this.pool) };
  }

  /** The plan and how far it has come. */
  @Get(':id')
  async show(@Param('id') id: string): Promise<Plan> {
    const plan = isUuid(id) ? await findPlan(this.pool, id) : undefined;
    if (plan === undefined) throw new ProblemError(problem('plan-not-found', 'There is no such plan.'));
    return plan;
  }

  /**
   * Its progress as `text/event-stream`: the plan whenever it has come further, until it is done or stopped. A reader that
   * comes back with the last event gets 204.
   */
  @Get(':id/events')
  async events(@Req() request: FastifyRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const plan = await this.show(id);
    if (isAtRest(plan) && request.headers['last-event-id'] === planEventId(plan)) await reply.code(204).send();
    else await this.stream(request, plan, reply);
  }

  /**
   * Runs it in the background, or continues one that was stopped; 409 when the count is another one or it is not its time.
   * The answer is the plan; with `Accept: text/event-stream` its progress. A reader that goes away stops nothing.
   */
  @Post(':id/run')
  async run(
    @ApiKeyName() who: string,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { count, actor } = readRunRequest(body, who);
    const plan = await this.show(id);
    if (plan.count !== count) {
      const detail = `The plan is about ${plan.count} orders, not ${count}. Look at it again, and repeat its count.`;
      throw new ProblemError(problem('plan-changed', detail));
    }
    if (plan.decision === 'resend' && plan.who === who && this.needsTwo()) {
      const detail =
        'You have made this plan, and sending again needs two persons (SECOND_PERSON): another operator runs it.';
      throw new ProblemError(problem('second-person-needed', detail));
    }
    if (!(await startPlan(this.pool, id, count, actor))) {
      throw new ProblemError(problem('plan-not-startable', `The plan is ${(await this.show(id)).state}.`));
    }
    this.runner.start(plan, who);
    void reply.code(202).header('vary', 'accept');
    if (new Negotiator(request.raw).mediaType(OFFERED) === 'text/event-stream') await this.stream(request, plan, reply);
    else await reply.send(await this.show(id));
  }

  /** Stops it after the batch in progress; what is decided stays decided. */
  @Post(':id/stop')
  @HttpCode(200)
  async stop(@Param('id') id: string): Promise<Plan> {
    const { state } = await this.show(id);
    if (await stopPlan(this.pool, id)) return await this.show(id);
    throw new ProblemError(problem('plan-not-running', `The plan is ${state}; only a running one can be stopped.`));
  }

  private async stream(request: FastifyRequest, { id }: Plan, reply: FastifyReply): Promise<void> {
    await sendStream(reply, this.streams.start(id, reply.raw, request.apiKeyName ?? '', request.isKeyOpen), 'the plan');
  }

  private needsTwo(): boolean {
    return this.config.get('admin', { infer: true }).secondPerson.has('resend');
  }
}
