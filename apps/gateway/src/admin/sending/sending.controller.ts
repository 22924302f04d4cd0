import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { problem, ProblemError } from '../../http/problem.js';
import { describeSending } from '../../orders/sending/guard/describe-sending.js';
import type { SendingReport } from '../../orders/sending/guard/sending-report.js';
import { resumeSending } from '../../orders/sending/guard/resume-sending.js';
import { stopSendingByHand } from '../../orders/sending/guard/stop-sending.js';
import { readResumeRequest, readStopRequest } from './sending-requests.js';

/** Whether orders are sent, and the manual brake. Every call needs an admin key; its name goes into the audit. */
@Controller('admin/sending')
export class SendingController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** The state, its reason and time, the finding about the ledger, and the amount at risk in roubles. */
  @Get()
  async show(): Promise<SendingReport> {
    return await describeSending(this.pool);
  }

  /** Stops sending in all processes; orders are still accepted. A repeated call changes nothing. */
  @Post('stop')
  @HttpCode(200)
  async stop(@ApiKeyName() who: string, @Body() body: unknown): Promise<SendingReport> {
    await stopSendingByHand(this.pool, readStopRequest(body, who));
    return await describeSending(this.pool);
  }

  /**
   * Resumes sending: the report, with `resumed` (false when it was open) and `madeUnknown`, how many orders are unknown
   * now because they may have been sent until `sentUntil`.
   */
  @Post('resume')
  @HttpCode(200)
  async resume(
    @ApiKeyName() who: string,
    @Body() body: unknown,
  ): Promise<SendingReport & { resumed: boolean; madeUnknown: number }> {
    const { request, actor } = readResumeRequest(body, who);
    const outcome = await resumeSending(this.pool, request, actor);
    if (outcome.kind === 'not-yet') {
      const errors = [{ pointer: '/sentUntil', detail: 'Must not be in the future of the database’s clock.' }];
      throw new ProblemError(problem('validation-failed', 'The body has faults.', { errors }));
    }
    const madeUnknown = outcome.kind === 'resumed' ? outcome.madeUnknown : 0;
    return { resumed: outcome.kind === 'resumed', madeUnknown, ...(await describeSending(this.pool)) };
  }
}
