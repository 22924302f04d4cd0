import { describe, expect, it } from '@jest/globals';
import { decodeLine, encodeLine } from './journal-line.js';
import { begun, ended, linesOf } from './testing/lines.js';

describe('a line of the send journal', () => {
  it('comes back as it was written, with whatever a producer puts into its key', () => {
    const entry = begun({ producer: 'отдел "А"', idempotencyKey: 'a\nb\r\u2028\u0000 {"} \\' });
    const text = encodeLine({ seq: 7, entry });
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(decodeLine(text.slice(0, -1))).toEqual({ seq: 7, entry });
  });

  it('is refused when any single character of it is another', () => {
    const [line = ''] = linesOf([ended(begun())]);
    const text = line.slice(0, -1);
    for (let place = 0; place < text.length; place += 1) {
      const other = text[place] === '0' ? '1' : '0';
      expect(decodeLine(`${text.slice(0, place)}${other}${text.slice(place + 1)}`)).toBeUndefined();
    }
  });

  it('is refused when it is cut anywhere', () => {
    const [line = ''] = linesOf([begun()]);
    for (let length = 0; length < line.length - 1; length += 1)
      expect(decodeLine(line.slice(0, length))).toBeUndefined();
  });

  it.each(['', 'x', 'deadbeef 1 {}', '00000000 1 {}', 'PostgreSQL', '{"kind":"begun"}'])('is not %j', (text) => {
    expect(decodeLine(text)).toBeUndefined();
  });
});
