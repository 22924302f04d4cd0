import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { endWhenUnread, ImportSlots, MOST_IMPORTS } from './import-limits.js';

describe('imports of a process', () => {
  it('are so many at once, and a further one gets 429 until one of them has ended', () => {
    const slots = new ImportSlots();
    const [end = () => undefined] = Array.from({ length: MOST_IMPORTS }, () => slots.take());
    const tooMany = expect.objectContaining({ problem: expect.objectContaining({ status: 429 }) });
    expect(() => slots.take()).toThrow(tooMany);
    end();
    end();
    slots.take();
    expect(() => slots.take()).toThrow(tooMany);
  });

  it('end when no one reads what they report', async () => {
    const ended = new AbortController();
    async function* report(): AsyncGenerator<string> {
      try {
        for (;;) yield 'a line\n';
      } finally {
        ended.abort();
      }
    }
    const stream = endWhenUnread(report(), 20);
    stream.read();
    await once(stream, 'close');
    while (!ended.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
  });

  it('report to the end to someone who reads', async () => {
    async function* report(): AsyncGenerator<string> {
      yield 'one\n';
      yield 'two\n';
    }
    let text = '';
    for await (const piece of endWhenUnread(report(), 60_000)) text += String(piece);
    expect(text).toBe('one\ntwo\n');
  });
});
