import { describe, expect, it } from '@jest/globals';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

async function read(...parts: readonly (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  const seen: ServerSentEvent[] = [];
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield Promise.resolve(Buffer.from(part));
  }
  for await (const event of readServerSentEvents(bytes())) seen.push(event);
  return seen;
}

const TEXT = 'retry: 2000\n\n: nothing new\n\nid: 7\ndata: {"cause":"оплата"}\n\nevent: x\nid:8\ndata:a\ndata: b\n\n';
const EVENTS = [
  { id: '7', data: '{"cause":"оплата"}' },
  { id: '8', data: 'a\nb' },
];

describe('a stream of server-sent events', () => {
  it('is read whole with each of the three line ends', async () => {
    for (const end of ['\n', '\r\n', '\r']) expect(await read(`${TEXT.replaceAll('\n', end)}x`)).toEqual(EVENTS);
  });

  it('is read the same at any byte at which the network splits it', async () => {
    for (const text of [TEXT, TEXT.replaceAll('\n', '\r\n')]) {
      const bytes = Buffer.from(text);
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(await read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(EVENTS);
      }
    }
  });

  it('gives no event that has not come to its end', async () => {
    expect(await read('id: 1\ndata: {}\n')).toEqual([]);
  });
});
