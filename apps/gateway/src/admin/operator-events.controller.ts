import { pageOf, rowsFor } from '../storage/page.js';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../core/core.module.js';
import { encodeCursor } from '../http/cursor.js';
import { PAGE_BY_NUMBER, placeByNumber } from '../http/schema/page.js';
import { queryReader } from '../http/schema/read-request.js';
import { optional, request, textUpTo } from '../http/schema/schema.js';
import { eventText } from '../operator-events/event-text.js';
import { listOperatorEvents } from '../operator-events/operator-events.js';

/** What `GET /admin/events` takes. */
export const EVENTS_QUERY = request({ kind: optional(textUpTo(64, 'Only events of this kind.')), ...PAGE_BY_NUMBER });
const readEventsQuery = queryReader(EVENTS_QUERY);

/** What operators have to know of: the fund runs low, a price has changed, a callback was disabled. */
@Controller('admin/events')
export class OperatorEventsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /**
   * `{"events": [{"id", "at", "closedAt", "kind", "severity", "message", "text": {"en", "ru"}, "details"}], "nextCursor"}`, the
   * newest first. `text` is what happened, in both languages.
   */
  @Get()
  async list(@Query() query: unknown): Promise<object> {
    const { kind, ...place } = readEventsQuery(query);
    const { limit, before } = placeByNumber(place);
    const found = await listOperatorEvents(this.pool, { before, kind, limit: rowsFor(limit) });
    const { page, last } = pageOf(found, limit);
    const events = page.map((event) => ({ ...event, text: eventText(event) }));
    return { events, nextCursor: last === undefined ? null : encodeCursor([last.id]) };
  }
}
