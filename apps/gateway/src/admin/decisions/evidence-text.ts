import type { InBothLanguages } from '../../operator-events/catalogue/kind.js';
import type { Expense, WeighedExpense } from '../../orders/ledger/weigh-expense.js';

/** Without a reading of the fund on both sides of the attempt. */
export const NO_READINGS: InBothLanguages = {
  en: 'There is no reading of the fund before and after the attempt, so the fund proves nothing.',
  ru: 'Показаний фонда до и после попытки нет, поэтому фонд ничего не доказывает.',
};

const VERDICTS: Readonly<Record<WeighedExpense['verdict'], InBothLanguages>> = {
  likely: { en: 'Probably executed', ru: 'Скорее исполнен' },
  unlikely: { en: 'Probably not executed', ru: 'Скорее не исполнен' },
  open: { en: 'Not certain', ru: 'Определить нельзя' },
};

/** What the fund says about an unknown order, as a sentence for the person who decides about it. */
export function evidenceText(expense: Expense, weighed: WeighedExpense): InBothLanguages {
  return { en: inEnglish(expense, weighed), ru: inRussian(expense, weighed) };
}

function inEnglish({ least, most, otherUnknown }: Expense, weighed: WeighedExpense): string {
  const { verdict, cost, times, unknownOfCost } = weighed;
  const roubles = (amount: string): string => formatRoubles(amount, ',', '.');
  const sum = least === most ? roubles(most) : `between ${roubles(least)} and ${roubles(most)}`;
  const product = times === null || cost === null ? '' : ` = ${times} × ${roubles(cost)}`;
  const rest =
    cost === null
      ? `other unknown orders in this window: ${otherUnknown.length}`
      : `unknown orders of ${roubles(cost)} in this window: ${unknownOfCost}`;
  return `${VERDICTS[verdict].en}: ${sum} left the fund unexplained${product}; ${rest}.`;
}

function inRussian({ least, most, otherUnknown }: Expense, weighed: WeighedExpense): string {
  const { verdict, cost, times, unknownOfCost } = weighed;
  const roubles = (amount: string): string => formatRoubles(amount, NO_BREAK, ',');
  const sum = least === most ? roubles(most) : `от ${roubles(least)} до ${roubles(most)}`;
  const product = times === null || cost === null ? '' : ` = ${times} × ${roubles(cost)}`;
  const rest =
    cost === null
      ? `других заказов с неизвестным исходом в это время: ${otherUnknown.length}`
      : `заказов на ${roubles(cost)} с неизвестным исходом в это время: ${unknownOfCost}`;
  return `${VERDICTS[verdict].ru}: из фонда без объяснения ушло ${sum}${product}; ${rest}.`;
}

const NO_BREAK = '\u00a0';

/** An exact amount, digit by digit; kopecks are two. */
function formatRoubles(amount: string, group: string, point: string): string {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return `${amount.startsWith('-') ? '−' : ''}${grouped}${fraction === '' ? '' : `${point}${fraction.padEnd(2, '0')}`}${NO_BREAK}₽`;
}
