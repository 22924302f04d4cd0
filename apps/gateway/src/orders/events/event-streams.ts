import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import type { Logger } from '../../core/logger.js';
import type { EventCursor } from '../ledger/events-after.js';
import { EventFeed } from './event-feed.js';
import { writeEvents, type Pull } from './event-text.js';

/** As many as one process holds easily; more are sent elsewhere by a 503. */
const MAX_STREAMS = 1_000;
/** Proxies and load balancers shift long connections badly: every reader comes again once in a while. */
const MAX_AGE_MS = 60 * 60_000;
/** A reader that takes nothing for so long is gone, whatever its connection says. */
const MAX_STALL_MS = 60_000;
const CHECK_MS = 5_000;
/** How long a reader may still take what was sent when the process is to end. */
const GRACE_MS = 1_000;

interface OpenStream extends Pull {
  readonly response: ServerResponse;
  /** Ends the stream after the text written so far. */
  readonly end: () => void;
  readonly openedAt: number;
  /** Whether its reader may still have it. */
  readonly isAllowed: () => boolean;
}

/** The live streams of this process. They use bounded memory, and end before the listener closes. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly feed: EventFeed;
  private readonly open = new Set<OpenStream>();
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(@Inject(POOL) pool: pg.Pool, @Inject(LOGGER) logger: Logger) {
    this.feed = new EventFeed(pool, logger);
  }

  /**
   * Begins a stream after a position.
   *
   * @param response that the stream will be written to; the stream ends with it
   * @param isAllowed whether its reader may still have it; looked at now and then
   * @returns undefined when too many are open, or the process is about to end
   */
  start(place: EventCursor, response: ServerResponse, isAllowed = () => true): Readable | undefined {
    // A reader that has already disconnected emits no further event.
    if (this.stopping || response.destroyed || this.open.size >= MAX_STREAMS) return undefined;
    const gone = new AbortController();
    const pull: Pull = { waitingSince: undefined };
    const stream = Readable.from(writeEvents(this.feed, place, gone.signal, pull), { objectMode: false });
    const opened: OpenStream = Object.assign(pull, {
      response,
      end: () => gone.abort(),
      openedAt: performance.now(),
      isAllowed,
    });
    this.open.add(opened);
    response.once('close', () => {
      this.open.delete(opened);
      gone.abort();
      stream.destroy();
    });
    this.timer ??= setInterval(() => this.check(), CHECK_MS);
    return stream;
  }

  /** Nest calls it before it closes the listener, which would wait for every open stream. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    const closed = [...this.open].map(({ response }) => new Promise((resolve) => response.once('close', resolve)));
    // A look that is in progress is no one's any more, and a database that says nothing would hold us.
    void this.feed.stop();
    const cut = setTimeout(() => {
      for (const { response } of this.open) response.destroy();
    }, GRACE_MS);
    await Promise.all(closed);
    clearTimeout(cut);
  }

  private check(): void {
    const now = performance.now();
    for (const { response, end, openedAt, waitingSince, isAllowed } of this.open) {
      if (waitingSince !== undefined && now - waitingSince > MAX_STALL_MS) response.destroy();
      else if (now - openedAt > MAX_AGE_MS || !isAllowed()) end();
    }
  }
}
