import { describe, expect, it } from '@jest/globals';
import { until } from './until.js';

describe('until', () => {
  it('waits as long as a condition is false or a value is not there, and gives what came', async () => {
    const answers = [undefined, false, 'there'] as const;
    let asked = 0;
    const came = await until('the third answer', () => Promise.resolve(answers[asked++]));
    expect([came, asked]).toEqual(['there', 3]);
  });

  it('takes zero and an empty text for answers', async () => {
    expect(await until('a count', () => Promise.resolve(0))).toBe(0);
    expect(await until('a text', () => Promise.resolve(''))).toBe('');
  });

  it('says what it has waited for in vain', async () => {
    await expect(until('what never comes', () => Promise.resolve(false), 1)).rejects.toThrow('what never comes');
  });
});
