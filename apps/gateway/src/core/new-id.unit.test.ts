import { expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { newId } from './new-id.js';

it('makes UUIDs of version 7 that grow, also within a millisecond, and share no random part', () => {
  const ids = Array.from({ length: 2_000 }, newId);
  expect(ids.filter((id) => !validate(id) || version(id) !== 7)).toEqual([]);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids.map((id) => id.slice(-11))).size).toBe(ids.length);
});
