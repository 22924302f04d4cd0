import { HEARTBEAT_MS, NOTHING_NEW, STREAM_BEGINS, type Pull } from '../../http/live-streams.js';
import type { EventCursor } from '../ledger/events-after.js';
import type { EventRecord } from '../ledger/history-records.js';
import { isFullPage, type EventFeed } from './event-feed.js';

/**
 * The text of a live history: events as they happen, a comment when nothing does. It is made only as fast as it is read:
 * nothing accumulates for a slow reader, because its next events are still in the ledger.
 */
export async function* writeEvents(
  feed: EventFeed,
  { orderId, after }: EventCursor,
  signal: AbortSignal,
  pull: Pull,
): AsyncGenerator<string> {
  let last = after;
  let soon = true;
  let text = STREAM_BEGINS;
  for (;;) {
    pull.waitingSince = performance.now();
    yield text;
    pull.waitingSince = undefined;
    const events = await feed.next({ orderId, after: last }, { soon, limitMs: HEARTBEAT_MS, signal });
    if (events === undefined) return;
    last = events.at(-1)?.id ?? last;
    soon = isFullPage(events);
    text = events.length === 0 ? NOTHING_NEW : events.map(eventText).join('');
  }
}

function eventText(event: EventRecord): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
