import {
  expectThat,
  failed,
  notPossible,
  onAnswer,
  passed,
  skipped,
  withMember,
  type Check,
  type CheckRow,
} from '../check.js';
import { fieldOf, isCarriedOut, isRefused, jsonOf, scalarOf, textOf } from '../exchange.js';

const row = (id: string, sentence: string, expected: string): CheckRow => ({
  id: `purchases.${id}`,
  certainty: 'P',
  method: 5,
  sentence,
  expected,
});

const LINE_FIELDS = ['date', 'item', 'amount', 'quantity', 'location', 'bonuses'];

/** Method 5: the purchase history. */
export const PURCHASES: readonly Check[] = [
  withMember(
    row('answered', 'The history of a period is answered', 'the call is carried out'),
    async ({ wallet }, { cardNumber }) => {
      const query = { startDate: '2000-01-01', endDate: '2100-01-01' };
      const exchange = await wallet.call(5, { cardNumber, query });
      return expectThat(isCarriedOut(exchange), exchange);
    },
  ),
  {
    ...row('no-end', 'endDate is optional', 'the call is carried out'),
    run: async ({ purchases }) => {
      const exchange = await purchases();
      return exchange === undefined ? notPossible('no card') : expectThat(isCarriedOut(exchange), exchange);
    },
  },
  onAnswer(
    row('bare-array', 'The answer is a bare array', 'an array'),
    ({ purchases }) => purchases(),
    (exchange) => expectThat(Array.isArray(jsonOf(exchange)), exchange),
  ),
  onAnswer(
    row('empty-array', 'An empty history is []', '[]'),
    async ({ wallet, member }) => {
      const issued = await member();
      const query = { startDate: '1901-01-01', endDate: '1901-01-02' };
      return issued.ok ? wallet.call(5, { cardNumber: issued.member.cardNumber, query }) : undefined;
    },
    (exchange) => expectThat(textOf(exchange).trim() === '[]', exchange),
  ),
  withMember(
    row('inclusive-days', 'The first and the last day of the period belong to it', 'the purchases of that day'),
    async ({ wallet, purchases }, { cardNumber }) => {
      const all = await purchases();
      const lines = all && isCarriedOut(all) ? jsonOf(all) : undefined;
      if (!Array.isArray(lines)) return notPossible('no list of purchases');
      const date = scalarOf(fieldOf((lines as unknown[])[0], 'date'));
      const day = /^\d{4}-\d\d-\d\d/.exec(date ?? '')?.[0];
      if (day === undefined) return skipped('the member has no purchase with a day');
      const exchange = await wallet.call(5, { cardNumber, query: { startDate: day, endDate: day } });
      return expectThat(fieldOf(jsonOf(exchange), '0', 'date') === date, exchange);
    },
  ),
  everyLine(row('line-fields', 'A line of a receipt has its six fields', LINE_FIELDS.join(', ')), (line) =>
    LINE_FIELDS.every((name) => scalarOf(fieldOf(line, name)) !== undefined),
  ),
  everyLine(row('amount', 'The amount is in kopecks', 'a whole number'), (line) =>
    /^(?:-?\d+)?$/.test(scalarOf(fieldOf(line, 'amount')) ?? ''),
  ),
  {
    ...row('unknown-card', 'The history of a card that does not exist is an error', 'a refusal'),
    run: async ({ wallet, unknownCardNumber: cardNumber }) => {
      const exchange = await wallet.call(5, { cardNumber, query: { startDate: '2000-01-01' } });
      return expectThat(isRefused(exchange), exchange);
    },
  },
  withMember(
    row('bad-date', 'The dates are YYYY-MM-DD: another form is an error', 'a refusal'),
    async ({ wallet }, { cardNumber }) => {
      const exchange = await wallet.call(5, { cardNumber, query: { startDate: '31.12.2025' } });
      return expectThat(isRefused(exchange), exchange);
    },
  ),
];

function everyLine(row: CheckRow, holds: (line: unknown) => boolean): Check {
  return onAnswer(
    row,
    ({ purchases }) => purchases(),
    (exchange) => {
      const lines = jsonOf(exchange);
      if (!Array.isArray(lines)) return notPossible('the answer is no array', exchange);
      if (lines.length === 0) return skipped('the member has no purchases', exchange);
      const wrong = (lines as unknown[]).find((line) => !holds(line));
      return wrong === undefined ? passed(exchange) : failed(JSON.stringify(wrong), exchange);
    },
  );
}
