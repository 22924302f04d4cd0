import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_LINE_BYTES } from './journal-line.js';
import { readSegment, SegmentReadError, type PlacedLine, type SegmentDamage } from './read-segment.js';
import { begun, linesOf } from './testing/lines.js';

const NOTHING_WRONG: SegmentDamage = {
  damagedLines: 0,
  firstDamageAt: undefined,
  tornAt: undefined,
  repeatedLines: 0,
  gaps: [],
};

describe('a segment of the send journal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-segment-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function read(content: string | Uint8Array, range = { from: 0, afterSeq: 0 }) {
    const path = join(folder, 'segment');
    await writeFile(path, content);
    const reading = readSegment(path, range);
    const lines: PlacedLine[] = [];
    for await (const page of reading.lines) lines.push(...page);
    return { numbers: lines.map(({ seq }) => seq), ends: lines.map(({ endsAt }) => endsAt), damage: reading.damage };
  }
  const LINES = linesOf(Array.from({ length: 5 }, () => begun()));

  it('is read line by line, with the position after each', async () => {
    const { numbers, ends, damage } = await read(LINES.join(''));
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    expect(ends.at(-1)).toBe(Buffer.byteLength(LINES.join('')));
    expect(damage).toEqual(NOTHING_WRONG);
  });

  it('is read from a position, and from a number', async () => {
    const from = Buffer.byteLength(LINES.slice(0, 2).join(''));
    expect(await read(LINES.join(''), { from, afterSeq: 2 })).toMatchObject({
      numbers: [3, 4, 5],
      damage: NOTHING_WRONG,
    });
    expect(await read(LINES.join(''), { from: 0, afterSeq: 3 })).toMatchObject({
      numbers: [4, 5],
      damage: NOTHING_WRONG,
    });
  });

  it('that was cut at any byte gives the whole lines in front of the cut, and says where it is torn', async () => {
    const text = Buffer.from(LINES.join(''));
    const ends = LINES.map((_, index) => Buffer.byteLength(LINES.slice(0, index + 1).join('')));
    for (let run = 0; run < 200; run += 1) {
      const cut = randomInt(text.byteLength + 1);
      const { numbers, damage } = await read(text.subarray(0, cut));
      const whole = ends.filter((end) => end <= cut);
      expect({ cut, numbers }).toEqual({ cut, numbers: whole.map((_, index) => index + 1) });
      const lastEnd = whole.at(-1) ?? 0;
      expect(damage).toEqual({ ...NOTHING_WRONG, tornAt: lastEnd === cut ? undefined : lastEnd });
    }
  });

  it('gives every line but the one in which bytes were changed', async () => {
    for (let run = 0; run < 100; run += 1) {
      const text = Buffer.from(LINES.join(''));
      const place = randomInt(text.byteLength);
      if (text[place] === 0x0a) continue;
      text[place] = text[place] === 0x30 ? 0x31 : 0x30;
      const { numbers, damage } = await read(text);
      expect(numbers).toHaveLength(4);
      expect(damage.damagedLines).toBe(1);
    }
  });

  it('reports missing lines, and repeated ones', async () => {
    const [one = '', two = '', , four = '', five = ''] = LINES;
    const { numbers, damage } = await read([one, two, two, four, one, five].join(''));
    expect(numbers).toEqual([1, 2, 4, 5]);
    expect(damage).toEqual({ ...NOTHING_WRONG, repeatedLines: 2, gaps: [[3, 3]] });
  });

  it('that holds anything else gives nothing, however long it is', async () => {
    const { numbers, damage } = await read(Buffer.alloc(20 * MAX_LINE_BYTES, 'x'));
    expect(numbers).toEqual([]);
    expect(damage.damagedLines).toBeGreaterThan(0);
    expect(damage.firstDamageAt).toBe(0);
  });

  it('continues after a piece that is longer than any line', async () => {
    const [one = '', two = ''] = LINES;
    const { numbers } = await read(`${one}${'x'.repeat(3 * MAX_LINE_BYTES)}\n${two}`);
    expect(numbers).toEqual([1, 2]);
  });

  it('that is empty has nothing wrong', async () => {
    expect(await read('')).toEqual({ numbers: [], ends: [], damage: NOTHING_WRONG });
  });

  it('that cannot be read says why', async () => {
    const { lines } = readSegment(folder, { from: 0, afterSeq: 0 });
    const thrown = await lines.next().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SegmentReadError);
    expect(thrown).toMatchObject({ code: 'EISDIR' });
  });
});
