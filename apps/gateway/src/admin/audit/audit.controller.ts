import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Readable } from 'node:stream';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { writeAuditCsv } from './audit-csv.js';
import { listAudit } from './audit-log.js';
import { readAuditQuery } from './audit-query.js';

/** The first one is given to anyone who does not mind. */
const OFFERED = ['application/json', 'text/csv'];

/** The record of who decided, changed and saw what. */
@Controller('admin/audit')
export class AuditController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /**
   * `{"entries": [{"id", "at", "who", "action", "orderId", "cardNumber", "why", "details", "position", "hash"}],
   * "nextCursor"}`, the newest first; with `Accept: text/csv` all that the filter finds, as a file.
   */
  @Get()
  async list(@Req() request: FastifyRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    const wanted = readAuditQuery(query);
    void reply.header('vary', 'accept');
    if (new Negotiator(request.raw).mediaType(OFFERED) !== 'text/csv') {
      await reply.send(await listAudit(this.pool, wanted));
      return;
    }
    await reply
      .header('content-type', 'text/csv; charset=utf-8; header=present')
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .header('cache-control', 'no-store')
      .send(Readable.from(writeAuditCsv(this.pool, wanted), { objectMode: false }));
  }
}
