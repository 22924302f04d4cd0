import { pageOf, rowsFor } from '../storage/page.js';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../core/core.module.js';
import { encodeCursor } from '../http/cursor.js';
import { FieldReader } from '../http/field-reader.js';
import { readNewestFirst } from '../http/page-query.js';
import { listOperatorEvents } from '../operator-events/operator-events.js';

/** What operators have to know of: the fund runs low, a price has changed, a callback was disabled. */
@Controller('admin/events')
export class OperatorEventsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** `{"events": [{"id", "at", "kind", "severity", "message", "details"}], "nextCursor"}`, the newest first. */
  @Get()
  async list(@Query() query: unknown): Promise<object> {
    const reader = new FieldReader(query, 'query', ['kind', 'limit', 'cursor']);
    const kind = reader.text('kind', 64);
    const { limit, before } = readNewestFirst(reader);
    reader.refuseFaults();
    const found = await listOperatorEvents(this.pool, { before, kind, limit: rowsFor(limit) });
    const { page: events, last } = pageOf(found, limit);
    return { events, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
  }
}
