import { describe, expect, it } from '@jest/globals';
import { connectionLimits } from './connection-limits.js';
import { limitIn } from './open-files.js';

describe('the limits of connections', () => {
  it.each([
    ['Max open files            1024                 1048576              files     \n', 1_024],
    [
      'Max processes 5 5 processes\nMax open files            unlimited            unlimited            files\n',
      2 ** 53 - 1,
    ],
    ['', 1_024],
  ])('read how many files the process may open (%j)', (text, limit) => {
    expect(limitIn(text)).toBe(limit);
  });

  it('leave a quarter of the open files to our own calls, however much the settings allow', () => {
    const all = { total: 1_000_000, perAddress: 512 };
    expect(connectionLimits('public', all, 2_048)).toEqual({ total: 1_024, perAddress: 512 });
    expect(connectionLimits('internal', { total: 1_000_000 }, 2_048)).toMatchObject({ total: 512 });
  });

  it('are those of the settings where the system allows more', () => {
    expect(connectionLimits('public', { total: 100, perAddress: 10 }, 20_000)).toEqual({ total: 100, perAddress: 10 });
  });
});
