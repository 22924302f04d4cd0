import { describe, expect, it } from '@jest/globals';
import { holdsContact } from './contact-in-text.js';

describe('a phone or an e-mail in a text', () => {
  it.each([
    'asked by +7 916 123-45-67',
    'called from 89161234567',
    'тел. 8 (916) 123 45 67, Анна',
    '9161234567',
    '+44 20 7946 0958',
    'wrote from anna@example.com',
    '8.916.123.45.67',
    '8–916–123–45–67',
    'звонил с 8 701 123 45 67',
    '375291234567',
    '375 29 123-45-67',
    '８９１６１２３４５６７',
    '+7 916 123\u200b-45-67',
    'order 17 8 916 123 45 67',
  ])('is found in %s', (text) => expect(holdsContact(text)).toBe(true));

  it.each([
    'lost, replaced by 2000000000015',
    'request 17 of 2026-05-01',
    'complaint 123456, 100.50 bonuses @ the shop',
    '30.05.2026 10 bonuses until 01.06.2027',
    'чек 9289000100405801 от 01.05.2026',
  ])('is not found in %s', (text) => expect(holdsContact(text)).toBe(false));
});
