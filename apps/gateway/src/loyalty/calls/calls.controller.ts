import { Controller, Get, Inject, Query } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { encodeCursor } from '../../http/cursor.js';
import { PAGE_BY_NUMBER, placeByNumber } from '../../http/schema/page.js';
import { queryReader } from '../../http/schema/read-request.js';
import { optional, request, textUpTo } from '../../http/schema/schema.js';
import { pageOf, rowsFor } from '../../storage/page.js';
import { listCalls } from './call-ring.js';

/** What `GET /admin/loyalty/calls` takes. */
export const CALLS_QUERY = request({
  method: optional(textUpTo(64, 'Only calls of this method of the contract, such as `findCard`.')),
  code: optional(textUpTo(16, 'Only calls that ended with this code; `ok` for those that were carried out.')),
  requestId: optional(textUpTo(128, 'Only the call with this X-Request-Id.')),
  ...PAGE_BY_NUMBER,
});
const readCallsQuery = queryReader(CALLS_QUERY);

/** What Кошелёк has called lately: the last ten thousand calls of all processes, cards masked. */
@Controller('admin/loyalty/calls')
export class CallsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /**
   * `{"calls": [{"id", "at", "requestId", "method", "code", "httpStatus", "durationMs", "card"}], "nextCursor"}`, the
   * newest first.
   */
  @Get()
  async list(@Query() query: unknown): Promise<object> {
    const { method, code, requestId, ...place } = readCallsQuery(query);
    const { limit, before } = placeByNumber(place);
    const found = await listCalls(this.pool, { before, method, code, requestId, limit: rowsFor(limit) });
    const { page: calls, last } = pageOf(found, limit);
    return { calls, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
  }
}
