import { expect, it } from '@jest/globals';
import { meaningOf } from './part-table.js';
import { Part } from './part.js';

it('says that nothing is known of a part until something was observed', () => {
  expect(new Part('redis').view).toMatchObject({ state: 'unknown', meaning: meaningOf('redis', 'unknown') });
});

it('takes one failure for chance, says `down` since the first of several, and `up` with the first answer', () => {
  const changes: string[] = [];
  const part = new Part('redis', ({ state }) => changes.push(state), { strikes: 2, ms: 0 });
  part.note(true);
  part.note(false);
  expect(part.state).toBe('up');
  const noticed = new Date();
  part.note(false);
  part.note(false);
  expect(part.since.getTime()).toBeLessThanOrEqual(noticed.getTime());
  part.note(true);
  part.note(false);
  expect(changes).toEqual(['up', 'down', 'up']);
});

it('does not take failures at the same moment for an outage, such as those of calls that were cut together', () => {
  const part = new Part('partner', undefined, { strikes: 2, ms: 60_000 });
  for (let call = 0; call < 10; call += 1) part.note(false);
  expect(part.state).toBe('unknown');
});

it('is silent since the first sign, down once a request has failed, and up with the first answer', () => {
  const part = new Part('partner', undefined, { strikes: 2, ms: 0 });
  part.note('silent');
  expect(part.state).toBe('unknown');
  const noticed = new Date();
  part.note('silent');
  expect(part.view).toMatchObject({ state: 'silent', meaning: meaningOf('partner', 'silent') });
  expect(part.since.getTime()).toBeLessThanOrEqual(noticed.getTime());
  part.note(false);
  part.note('silent');
  expect(part.state).toBe('down');
  part.note(true);
  expect(part.state).toBe('up');
});
