import { leave } from '../session.js';
import { t } from '../text/t.js';

const AGAIN_MS = 1_000;

/**
 * Gives the data of each event of a live stream (`text/event-stream`), until the gateway says that nothing more comes or the
 * signal ends it. A stream that broke continues behind its last event.
 */
export async function follow(path: string, onData: (data: string) => void, signal: AbortSignal): Promise<void> {
  let last = '';
  while (!signal.aborted) {
    try {
      const headers = { accept: 'text/event-stream', 'x-vestibule-console': '1', 'last-event-id': last };
      const response = await fetch(path, { headers, credentials: 'same-origin', cache: 'no-store', signal });
      if (response.status === 401) leave(t('call.signed-out'));
      if (response.status === 204 || (response.status >= 400 && response.status < 500)) return;
      if (response.body !== null && response.ok) {
        for await (const { id, data } of eventsOf(response.body)) {
          last = id;
          onData(data);
        }
      }
    } catch {
      // Away, or cut off: it is asked for again.
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<{ id: string; data: string }> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = `${rest}${value}`.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const [, data] = /^data: (.*)$/m.exec(event) ?? [];
      const [, id = ''] = /^id: (.*)$/m.exec(event) ?? [];
      // Without data it is a sign of life.
      if (data !== undefined) yield { id, data };
    }
  }
}
