import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { POOL } from '../../boot/core.module.js';
import { BearerKeys } from '../../http/bearer.js';
import { ProblemError } from '../../http/problem.js';
import { sendJson } from '../../http/send-json.js';
import { encodeReading, findLastReading } from './account-reading.js';

/** When a reading that never was may be there. */
const RETRY_AFTER_SECS = 5;

/** The guarantee fund, as it was read last. */
@Controller('account')
export class AccountController {
  constructor(
    private readonly keys: BearerKeys,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {}

  /** `{"name", "fund", "amount", "currencyId", "fetchedAt", "stale"}`: its size, and what is left of it. */
  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.keys.nameOf(request);
    const reading = await findLastReading(this.pool);
    if (reading === undefined) {
      throw new ProblemError(
        {
          status: 503,
          detail: 'The guarantee fund has not been read yet. The gateway goes on asking for it; try again soon.',
        },
        { 'retry-after': String(RETRY_AFTER_SECS) },
      );
    }
    void reply.header('cache-control', 'no-store');
    await sendJson(reply, 200, encodeReading(reading, { fetchedAt: reading.readAt, stale: reading.stale }));
  }
}
