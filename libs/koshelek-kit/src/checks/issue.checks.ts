import { expectThat, failed, notPossible, onAnswer, passed, withMember, type Check, type CheckRow } from '../check.js';
import { describeAnswer, fieldOf, isCarriedOut, isEmpty, isRefused, jsonOf, scalarOf } from '../exchange.js';
import { cardNumberIn, INVENTED_FIRST_NAMES, inventProfile, issueCard } from '../members.js';
import type { Scenario } from '../scenario.js';
import { foundNumber } from './search.checks.js';

const row = (
  method: number,
  id: string,
  certainty: CheckRow['certainty'],
  sentence: string,
  expected: string,
): CheckRow => ({ id, certainty, method, sentence, expected });

const issuedAnswer = async ({ issue }: Scenario) => (await issue()).exchange;

/** Method 8: a card whose number the programme assigns. */
export const ISSUE: readonly Check[] = [
  {
    ...row(8, 'issue.accepted', 'D', 'A card is issued to a holder without a reservation', 'the call is carried out'),
    run: async ({ issue }) => {
      const { exchange } = await issue();
      return expectThat(isCarriedOut(exchange), exchange);
    },
  },
  onAnswer(
    row(8, 'issue.answer', 'U', 'The answer is the card as the search has it', 'card.{cardNumber, cardState, barcode}'),
    issuedAnswer,
    (exchange) => {
      const card = fieldOf(jsonOf(exchange), 'card');
      const whole = ['cardNumber', 'cardState'].every((name) => scalarOf(fieldOf(card, name)) !== undefined);
      return expectThat(whole && typeof fieldOf(card, 'barcode') === 'object', exchange);
    },
  ),
  {
    ...row(8, 'issue.one-card', 'D', 'One user has one card: a repeated issue leaves the same one', 'the same number'),
    run: async ({ wallet }) => {
      const profile = inventProfile();
      const first = await wallet.call(8, { json: profile });
      const search = { query: { msisdn: profile.phone } };
      const before = await wallet.call(1, search);
      const number = cardNumberIn(first) ?? foundNumber(before);
      if (!isCarriedOut(first) || number === undefined) return notPossible('no card was issued', first);
      const again = await wallet.call(8, { json: profile });
      const repeated = isCarriedOut(again) ? cardNumberIn(again) : undefined;
      if (repeated !== undefined && repeated !== number) return failed(describeAnswer(again), first, again);
      const after = await wallet.call(1, search);
      const found = foundNumber(after);
      return found === undefined || found === number
        ? passed(first, again, after)
        : failed(describeAnswer(after), first, again, after);
    },
  },
  {
    ...row(8, 'issue.repeat', 'P', 'A repeated issue for the same phone is no error', 'the call is carried out'),
    run: async ({ wallet }) => {
      const profile = inventProfile();
      const first = await wallet.call(8, { json: profile });
      if (!isCarriedOut(first)) return notPossible('no card was issued', first);
      const again = await wallet.call(8, { json: profile });
      return expectThat(isCarriedOut(again), again, first);
    },
  },
  {
    id: 'issue.utf8',
    sentence: 'Requests are in UTF-8: a holder with a Russian name gets a card',
    certainty: 'D',
    expected: 'the issue is carried out',
    run: async (scenario) => {
      const plain = await scenario.otherMember();
      if (!plain.ok) return notPossible(plain.reason, ...plain.evidence);
      const profile = { ...inventProfile(), firstname: INVENTED_FIRST_NAMES[1], surname: 'Проверочная' };
      const issued = await issueCard(scenario.wallet, profile);
      return issued.ok ? passed() : failed(issued.reason, ...issued.evidence);
    },
  },
];

/** Methods 6 and 7: a reserved number, and its issue. */
export const RESERVE: readonly Check[] = [
  {
    ...row(6, 'reserve.answered', 'P', 'A number is reserved', 'an answer with a card number'),
    run: async ({ reservation }) => {
      const exchange = await reservation();
      return expectThat(isCarriedOut(exchange) && cardNumberIn(exchange) !== undefined, exchange);
    },
  },
  onAnswer(
    row(6, 'reserve.bare', 'P', 'The answer is the bare number', 'only the number, not an object'),
    ({ reservation }) => reservation(),
    (exchange) => expectThat(typeof jsonOf(exchange) !== 'object', exchange),
  ),
  {
    ...row(6, 'reserve.different', 'P', 'Every reservation gives another number', 'two different numbers'),
    run: async ({ wallet, reservation }) => {
      const first = cardNumberIn(await reservation());
      if (first === undefined) return notPossible('no number can be reserved', await reservation());
      const second = await wallet.call(6);
      return expectThat(cardNumberIn(second) !== first, second, await reservation());
    },
  },
  {
    ...row(7, 'reserved.accepted', 'P', 'A reserved card is issued to a holder', 'the call is carried out'),
    run: async ({ reservedIssue }) => {
      const issue = await reservedIssue();
      if (issue === undefined) return notPossible('no number can be reserved');
      return expectThat(isCarriedOut(issue.exchange), issue.exchange, issue.reserved);
    },
  },
  onAnswer(
    row(7, 'reserved.empty-body', 'P', 'The answer is 200 with an empty body', 'no body'),
    async ({ reservedIssue }) => (await reservedIssue())?.exchange,
    (exchange) => expectThat(isEmpty(exchange), exchange),
  ),
  {
    ...row(7, 'reserved.found', 'P', 'The holder is found with the reserved number', 'the reserved number'),
    run: async ({ wallet, reservedIssue }) => {
      const issue = await reservedIssue();
      if (issue === undefined || !isCarriedOut(issue.exchange)) return notPossible('no reserved card was issued');
      const exchange = await wallet.call(1, { query: { msisdn: issue.profile.phone } });
      const found = foundNumber(exchange);
      if (found === undefined) return notPossible('the search by phone finds no card', exchange);
      return expectThat(found === issue.cardNumber, exchange, issue.exchange);
    },
  },
  {
    ...row(7, 'reserved.repeat', 'U', 'Every write is safe to repeat: the same issue again', 'the call is carried out'),
    run: async ({ wallet, reservedIssue }) => {
      const issue = await reservedIssue();
      if (issue === undefined || !isCarriedOut(issue.exchange)) return notPossible('no reserved card was issued');
      const again = await wallet.call(7, { cardNumber: issue.cardNumber, json: issue.profile });
      return expectThat(isCarriedOut(again), again, issue.exchange);
    },
  },
  {
    ...row(7, 'reserved.never-reserved', 'P', 'A number that was never reserved is an error', 'a refusal'),
    run: async ({ wallet, unknownCardNumber }) => {
      const exchange = await wallet.call(7, { cardNumber: unknownCardNumber, json: inventProfile() });
      return expectThat(isRefused(exchange), exchange);
    },
  },
  withMember(
    row(7, 'reserved.taken', 'P', 'A number that another holder has is an error', 'a refusal'),
    async ({ wallet }, { cardNumber }) => {
      const exchange = await wallet.call(7, { cardNumber, json: inventProfile() });
      return expectThat(isRefused(exchange), exchange);
    },
  ),
];
