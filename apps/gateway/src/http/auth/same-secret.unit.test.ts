import { expect, it } from '@jest/globals';
import { frameHeader, isSameHeader } from './same-secret.js';

const HEADER = 'Basic a29zaGVsZWs6cGFzc3dvcmQ=';

it('takes a header for the expected one only if every character is the same, whatever was compared before', () => {
  const frame = frameHeader(HEADER);
  if (frame === undefined) throw new Error('it has a frame');
  const others = [`${HEADER}=`, HEADER.slice(0, -1), HEADER.toLowerCase(), `${HEADER}\0`.padEnd(300, '='), ''];
  const asked = others.flatMap((other) => [other, HEADER]);
  expect(asked.filter((header) => isSameHeader(header, frame))).toEqual(others.map(() => HEADER));
});

it('has no frame for a header that would not fit', () => {
  expect([frameHeader('x'.repeat(256))?.length, frameHeader('x'.repeat(257))]).toEqual([256, undefined]);
});
