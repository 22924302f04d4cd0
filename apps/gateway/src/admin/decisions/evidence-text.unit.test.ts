import { describe, expect, it } from '@jest/globals';
import { evidenceText } from './evidence-text.js';

/** Amounts do not break; in the expectations they may. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('the evidence of an unknown order', () => {
  it('is a sentence with the expense, what it pays for, and who else it may have been', () => {
    const expense = { least: '14000', most: '14000', otherUnknown: ['a', 'b'] };
    const { en, ru } = evidenceText(expense, { verdict: 'likely', cost: '2800', times: 5, unknownOfCost: 8 });
    expect(plain(en)).toBe(
      'Probably executed: 14,000 ₽ left the fund unexplained = 5 × 2,800 ₽; unknown orders of 2,800 ₽ in this window: 8.',
    );
    expect(plain(ru)).toBe(
      'Скорее исполнен: из фонда без объяснения ушло 14 000 ₽ = 5 × 2 800 ₽; заказов на 2 800 ₽ с неизвестным исходом в это время: 8.',
    );
  });

  it('says between what the expense lies, and how many others there were, where the price is not known', () => {
    const expense = { least: '-0.5', most: '2800.25', otherUnknown: ['a'] };
    const { en, ru } = evidenceText(expense, { verdict: 'open', cost: null, times: null, unknownOfCost: null });
    expect(plain(en)).toBe(
      'Not certain: between −0.50 ₽ and 2,800.25 ₽ left the fund unexplained; other unknown orders in this window: 1.',
    );
    expect(plain(ru)).toBe(
      'Определить нельзя: из фонда без объяснения ушло от −0,50 ₽ до 2 800,25 ₽; других заказов с неизвестным исходом в это время: 1.',
    );
  });
});
