import { expect, it } from '@jest/globals';
import { CHECKS, THEMES } from './checks/index.js';
import { SENTENCES_RU, THEMES_RU } from './russian.js';

it('has a Russian sentence for each check and each theme, and for nothing else', () => {
  expect(Object.keys(SENTENCES_RU)).toEqual(CHECKS.map(({ id }) => id));
  expect(Object.keys(THEMES_RU)).toEqual(THEMES.map(({ title }) => title));
});
