import { describe, expect, it } from '@jest/globals';
import { findRoute, hrefOf } from './router.js';

const PAGES = { '/cards': 'cards', '/cards/:number': 'card', '/audit': 'audit' };

describe('the address of a page', () => {
  it.each([
    ['#/cards', 'cards', {}],
    ['#/cards/', 'cards', {}],
    ['#/cards/2000000000015', 'card', { number: '2000000000015' }],
    ['#/audit?x=1', 'audit', {}],
    ['#/cards/%E0%A4%A', 'card', { number: '%E0%A4%A' }],
  ])('%s leads to %s', (hash, page, params) => {
    expect(findRoute(PAGES, hash)).toEqual({ page, params });
  });

  it.each(['', '#/', '#/nothing', '#/cards/1/2'])('%j leads nowhere', (hash) => {
    expect(findRoute(PAGES, hash)).toBeUndefined();
  });

  it('gives back any card number', () => {
    for (const number of ['007', 'a/b c', '50% ?#', 'Карта']) {
      expect(findRoute(PAGES, hrefOf('cards', number))?.params).toEqual({ number });
    }
  });
});
