import { expect, it } from '@jest/globals';
import { streamToEnd } from './share-streams.js';

interface Stream {
  readonly reader: string;
  readonly id: number;
}

/** A process that holds six streams: who asks for one more gets it, or not. */
function ask(open: Set<Stream>, reader: string, id: number): boolean {
  if (open.size >= 6) {
    const displaced = streamToEnd(open, reader);
    if (displaced === undefined) return false;
    open.delete(displaced);
  }
  open.add({ reader, id });
  return true;
}
const countOf = (open: Set<Stream>, reader: string): number => [...open].filter((one) => one.reader === reader).length;

it('event streams are shared out between keys: one that has opened all of them makes room for others, and no more than that', () => {
  const open = new Set<Stream>();
  for (let id = 0; id < 6; id += 1) expect(ask(open, 'greedy', id)).toBe(true);
  expect(ask(open, 'greedy', 6)).toBe(false);
  expect([ask(open, 'shop', 7), ask(open, 'shop', 8)]).toEqual([true, true]);
  expect([...open].map(({ id }) => id)).toEqual([2, 3, 4, 5, 7, 8]);
  // What was displaced comes again, and must not displace in turn.
  expect(ask(open, 'greedy', 9)).toBe(false);
  expect(ask(open, 'till', 10)).toBe(true);
  expect(['greedy', 'shop', 'till'].map((reader) => countOf(open, reader))).toEqual([3, 2, 1]);
  expect(ask(open, 'till', 11)).toBe(true);
  expect(['greedy', 'shop', 'till'].map((reader) => countOf(open, reader))).toEqual([2, 2, 2]);
  expect(ask(open, 'shop', 12)).toBe(false);
});
