import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import type { Logger } from '../../core/logger.js';
import { LiveStreams, type WriteStream } from '../../http/live-streams.js';
import type { EventCursor } from '../ledger/events-after.js';
import { EventFeed } from './event-feed.js';
import { writeEvents } from './event-text.js';

/** The live histories of this process. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly feed: EventFeed;
  private readonly streams = new LiveStreams();

  constructor(@Inject(POOL) pool: pg.Pool, @Inject(LOGGER) logger: Logger) {
    this.feed = new EventFeed(pool, logger);
  }

  /** Begins a stream after a position, as {@link LiveStreams.start} does. */
  start(place: EventCursor, response: ServerResponse, reader: string, isAllowed?: () => boolean): Readable | undefined {
    const write: WriteStream = (signal, pull) => writeEvents(this.feed, place, signal, pull);
    return this.streams.start(write, response, reader, isAllowed);
  }

  /** Nest calls it before it closes the listener. */
  async onModuleDestroy(): Promise<void> {
    const closed = this.streams.close();
    // A look that is in progress is no one's any more, and a database that says nothing would hold us.
    void this.feed.stop();
    await closed;
  }
}
