import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { formatTime } from './index.js';

const MOMENT = new Date('2022-04-21T21:21:02.999Z');

afterEach(() => {
  jest.restoreAllMocks();
});

describe('formatTime', () => {
  it('writes the form of the samples', () => {
    expect(formatTime(MOMENT, 'sample')).toBe('2022-04-22 00:21:02 +03:00');
  });

  it('writes ATOM', () => {
    expect(formatTime(MOMENT, 'atom')).toBe('2022-04-22T00:21:02+03:00');
  });

  it.each([
    ['a year', '2023-12-31T21:00:00Z', '2024-01-01 00:00:00 +03:00'],
    ['a leap day', '2024-02-28T21:00:00Z', '2024-02-29 00:00:00 +03:00'],
    ['a night in the summer, when other zones shift', '2024-03-31T00:30:00Z', '2024-03-31 03:30:00 +03:00'],
  ])('changes over %s in the zone of the partner', (_what, utc, local) => {
    expect(formatTime(new Date(utc), 'sample')).toBe(local);
  });

  it('names the same moment, to the second', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        const seconds = Math.floor(moment.getTime() / 1000) * 1000;
        expect(Date.parse(formatTime(moment, 'atom'))).toBe(seconds);
        expect(formatTime(moment, 'sample').replace(' ', 'T').replace(' ', '')).toBe(formatTime(moment, 'atom'));
      }),
    );
  });

  it('never asks for the zone of the process', () => {
    const local = ['getTimezoneOffset', 'getFullYear', 'getMonth', 'getDate', 'getHours', 'getMinutes'] as const;
    const spies = local.map((name) => jest.spyOn(Date.prototype, name));
    formatTime(MOMENT, 'sample');
    formatTime(MOMENT, 'atom');
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it('leaves the Date it was given as it was', () => {
    const moment = new Date(MOMENT);
    formatTime(moment, 'atom');
    expect(moment).toEqual(MOMENT);
  });

  it.each(['', '+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z'])('refuses the Date of %j', (text) => {
    expect(() => formatTime(new Date(text), 'sample')).toThrow(RangeError);
  });
});
