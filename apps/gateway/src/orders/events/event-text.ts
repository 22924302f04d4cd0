import type { EventCursor } from '../ledger/events-after.js';
import type { EventRecord } from '../ledger/history-records.js';
import { isFullPage, type EventFeed } from './event-feed.js';

/** Keeps proxies and readers from taking silence for a lost connection. */
const HEARTBEAT_MS = 15_000;
/** How soon a reader should come back. */
const RETRY_MS = 2_000;

/** What a stream reports about its reader. */
export interface Pull {
  /** Since when text is ready that the reader does not read, in milliseconds of the monotonic clock. */
  waitingSince: number | undefined;
}

/**
 * The text of a live stream (HTML, «Server-sent events»): events as they happen, a comment when nothing does. It is
 * made only as fast as it is read: nothing accumulates for a slow reader, because its next events are still in the
 * ledger.
 */
export async function* writeEvents(
  feed: EventFeed,
  { orderId, after }: EventCursor,
  signal: AbortSignal,
  pull: Pull,
): AsyncGenerator<string> {
  let last = after;
  let soon = true;
  let text = `retry: ${RETRY_MS}\n\n`;
  for (;;) {
    pull.waitingSince = performance.now();
    yield text;
    pull.waitingSince = undefined;
    const events = await feed.next({ orderId, after: last }, { soon, limitMs: HEARTBEAT_MS, signal });
    if (events === undefined) return;
    last = events.at(-1)?.id ?? last;
    soon = isFullPage(events);
    text = events.length === 0 ? ': nothing new\n\n' : events.map(eventText).join('');
  }
}

function eventText(event: EventRecord): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
