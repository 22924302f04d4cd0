import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { sendJson } from '../../http/send-json.js';
import { notReadYet } from '../refresh/not-read-yet.js';
import { findLastReading, readingView, type AccountView } from './account-reading.js';

/** The guarantee fund, as it was read last. */
@Controller('account')
export class AccountController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** `{"name", "fund", "amount", "currencyId", "fetchedAt", "stale"}`: its size, and the remaining amount. */
  @Get()
  async show(@Res() reply: FastifyReply): Promise<void> {
    const reading = await findLastReading(this.pool);
    if (reading === undefined) throw notReadYet('The guarantee fund');
    const account: AccountView = { ...readingView(reading), fetchedAt: reading.readAt, stale: reading.stale };
    await sendJson(reply, 200, account);
  }
}
