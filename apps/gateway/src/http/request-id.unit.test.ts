import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './request-id.js';

describe('the id of a request', () => {
  it.each(['01JD8Z', 'a7f9-4.2:x_y', 'x'.repeat(128)])("is the caller's %s", (id) => {
    expect(requestIdOf({ headers: { 'x-request-id': id } })).toBe(id);
  });

  it.each([
    ['there is none', undefined],
    ['it is empty', ''],
    ['it is too long', 'x'.repeat(129)],
    ['it has a space', 'one two'],
    ['it could end a line', 'a\r\nb'],
    ['it could be a phone or a card', '79161234567'],
    ['it was sent twice', 'one, two'],
  ])('is a new one when %s', (_, id) => {
    const taken = requestIdOf({ headers: { 'x-request-id': id } });
    expect(taken).toMatch(/^[\da-f-]{36}$/);
    expect(requestIdOf({ headers: { 'x-request-id': id } })).not.toBe(taken);
  });
});
