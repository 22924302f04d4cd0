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
  type Finding,
} from '../check.js';
import { fieldOf, isRefused, jsonOf, scalarOf, type Exchange } from '../exchange.js';

const row = (id: string, sentence: string, expected: string): CheckRow => ({
  id: `balance.${id}`,
  certainty: 'P',
  method: 3,
  sentence,
  expected,
});

const LOT_FIELDS = ['description', 'amount'];
const CARD_PATHS = [['cardState'], ['barcode', 'barcodeNumber'], ['barcode', 'barcodeType']];

/** Method 3: the card and its balance. */
export const BALANCE: readonly Check[] = [
  withMember(
    row('card', 'The card is answered as the search answers it', 'the same card'),
    async ({ shownCard, foundByPhone }, { cardNumber }) => {
      const [shown, found] = [await shownCard(), await foundByPhone()];
      if (shown === undefined || found === undefined) return notPossible('no card');
      const card = fieldOf(jsonOf(shown), 'card');
      const wanted = fieldOf(jsonOf(found), 'card');
      const same = CARD_PATHS.every((path) => {
        const [one, other] = [scalarOf(fieldOf(card, ...path)), scalarOf(fieldOf(wanted, ...path))];
        // Another check covers fields that the search omits.
        return other === undefined || one === other;
      });
      return expectThat(same && scalarOf(fieldOf(card, 'cardNumber')) === cardNumber, shown, found);
    },
  ),
  onShown(row('bonus', 'The card has bonus.total and bonus.available', 'both fields'), (bonus, exchange) =>
    expectThat(
      ['total', 'available'].every((name) => scalarOf(fieldOf(bonus, name)) !== undefined),
      exchange,
    ),
  ),
  onShown(row('lots', 'bonus.bonuses is a list', 'an array'), (bonus, exchange) =>
    expectThat(Array.isArray(fieldOf(bonus, 'bonuses')), exchange),
  ),
  everyLot(row('lot-fields', 'A lot of bonuses has a description and an amount', LOT_FIELDS.join(', ')), (lot) =>
    LOT_FIELDS.every((name) => scalarOf(fieldOf(lot, name)) !== undefined),
  ),
  everyLot(row('lot-date', 'A lot is valid until a day YYYY-MM-DD', 'YYYY-MM-DD, or no such field'), (lot) => {
    const day = scalarOf(fieldOf(lot, 'validUntil'));
    // An empty string is one way to write an absent value.
    return day === undefined || day === '' || /^\d{4}-\d\d-\d\d$/.test(day);
  }),
  {
    ...row('unknown-card', 'A card that does not exist is an error', 'a refusal'),
    run: async ({ wallet, unknownCardNumber }) => {
      const exchange = await wallet.call(3, { cardNumber: unknownCardNumber });
      return expectThat(isRefused(exchange), exchange);
    },
  },
];

function onShown(row: CheckRow, judge: (bonus: unknown, exchange: Exchange) => Finding): Check {
  return onAnswer(
    row,
    ({ shownCard }) => shownCard(),
    (exchange) => judge(fieldOf(jsonOf(exchange), 'card', 'bonus'), exchange),
  );
}

function everyLot(row: CheckRow, holds: (lot: unknown) => boolean): Check {
  return onShown(row, (bonus, exchange) => {
    const lots = fieldOf(bonus, 'bonuses');
    if (!Array.isArray(lots)) return notPossible('no list of bonuses', exchange);
    if (lots.length === 0) return skipped('the member has no bonuses', exchange);
    const wrong = (lots as unknown[]).find((lot) => !holds(lot));
    return wrong === undefined ? passed(exchange) : failed(JSON.stringify(wrong), exchange);
  });
}
