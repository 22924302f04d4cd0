import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { BearerKeys } from '../../http/bearer.js';
import { sendJson } from '../../http/send-json.js';
import { notReadYet } from '../refresh/not-read-yet.js';
import { encodeReading, findLastReading } from './account-reading.js';

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
    if (reading === undefined) throw notReadYet('The guarantee fund');
    void reply.header('cache-control', 'no-store');
    await sendJson(reply, 200, encodeReading(reading, { fetchedAt: reading.readAt, stale: reading.stale }));
  }
}
