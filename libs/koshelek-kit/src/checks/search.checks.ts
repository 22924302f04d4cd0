import {
  expectThat,
  failed,
  notPossible,
  passed,
  skipped,
  withMember,
  withTwoMembers,
  type Check,
  type CheckRow,
  type Finding,
} from '../check.js';
import {
  describeAnswer,
  fieldOf,
  isCarriedOut,
  isEmpty,
  isRefused,
  jsonOf,
  scalarOf,
  textOf,
  type Exchange,
} from '../exchange.js';
import { digits, inventProfile, type Member } from '../members.js';

const row = (id: string, certainty: CheckRow['certainty'], sentence: string, expected: string): CheckRow => ({
  id: `search.${id}`,
  certainty,
  method: 1,
  sentence,
  expected,
});

/** Method 1: which card is found. */
export const SEARCH: readonly Check[] = [
  {
    ...row('by-phone', 'D', 'A card is found by msisdn', 'the card of the holder'),
    run: async (scenario) => {
      const issued = await scenario.member();
      const exchange = await scenario.foundByPhone();
      if (!issued.ok) return notPossible(issued.reason, ...issued.evidence);
      return exchange === undefined ? notPossible('nothing to ask about') : expectCard(exchange, issued.member);
    },
  },
  withMember(row('by-email', 'D', 'A card is found by email', 'the card of the holder'), async ({ wallet }, member) => {
    if (member.email === undefined) return skipped('the e-mail of the named member is not given (--email)');
    return expectCard(await wallet.call(1, { query: { email: member.email } }), member);
  }),
  withMember(
    row('by-birth-date', 'D', 'A card is found by birthDate', 'the card, or an error when several match'),
    async ({ wallet }, { birthDate }) => {
      if (birthDate === undefined) return skipped('the birth date of the named member is not given (--birth-date)');
      const exchange = await wallet.call(1, { query: { birthDate } });
      return expectThat(foundNumber(exchange) !== undefined || isRefused(exchange), exchange);
    },
  ),
  withMember(
    row('birthdate-spelling', 'P', 'The spelling birthdate occurs', 'the same answer as for birthDate'),
    async ({ wallet }, { birthDate }) => {
      if (birthDate === undefined) return skipped('the birth date of the named member is not given (--birth-date)');
      const usual = await wallet.call(1, { query: { birthDate } });
      const other = await wallet.call(1, { query: { birthdate: birthDate } });
      const same = usual.answer.status === other.answer.status && foundNumber(usual) === foundNumber(other);
      return expectThat(same, other, usual);
    },
  ),
  withMember(
    row('or', 'D', 'The parameters combine with OR', 'the card by the phone, and by the e-mail'),
    async (scenario, member) => {
      const { wallet } = scenario;
      const byPhone = await scenario.foundByPhone();
      if (byPhone === undefined || foundNumber(byPhone) === undefined)
        return notPossible('no search by phone succeeds');
      const stranger = inventProfile();
      const phoneOnly = await wallet.call(1, { query: { msisdn: member.msisdn, email: stranger.email } });
      if (foundNumber(phoneOnly) !== member.cardNumber) return failed(describeAnswer(phoneOnly), phoneOnly);
      const { email } = member;
      if (email === undefined) return passed(phoneOnly);
      if (foundNumber(await wallet.call(1, { query: { email } })) === undefined) {
        return notPossible('no search by e-mail succeeds');
      }
      const emailOnly = await wallet.call(1, { query: { msisdn: stranger.phone, email } });
      return expectThat(foundNumber(emailOnly) === member.cardNumber, emailOnly, phoneOnly);
    },
  ),
  withMember(
    row('unknown-parameter', 'D', 'Parameters the partner does not know are ignored', 'the card of the holder'),
    async (scenario, { msisdn, cardNumber }) => {
      const byPhone = await scenario.foundByPhone();
      if (byPhone === undefined || foundNumber(byPhone) === undefined)
        return notPossible('no search by phone succeeds');
      const exchange = await scenario.wallet.call(1, { query: { msisdn, shoeSize: '44' } });
      return expectThat(foundNumber(exchange) === cardNumber, exchange);
    },
  ),
  {
    ...row('no-parameter', 'P', 'At least one parameter is needed', 'a refusal'),
    run: async ({ wallet }) => {
      const exchange = await wallet.call(1);
      return expectThat(isRefused(exchange), exchange);
    },
  },
  {
    ...row('not-found', 'D', 'Not found: 200 with an empty body, not {} and not null', '200 and no body'),
    run: async ({ wallet }) => {
      const exchange = await wallet.call(1, { query: { msisdn: inventProfile().phone } });
      return expectThat(!isRefused(exchange) && isEmpty(exchange), exchange);
    },
  },
  {
    ...row('long-msisdn', 'D', 'A msisdn has up to 15 characters', 'the same as for any unknown phone'),
    run: async ({ wallet }) => {
      const usual = await wallet.call(1, { query: { msisdn: inventProfile().phone } });
      // Numbers of the zone +7 have eleven digits; those of Germany may have fifteen, and none begins with 00.
      const long = await wallet.call(1, { query: { msisdn: `4900${digits(11)}` } });
      return expectThat(isCarriedOut(long) === isCarriedOut(usual), long, usual);
    },
  },
  withTwoMembers(
    row(
      'several-cards',
      'D',
      'Several different cards match: the partner resolves it',
      'one of the cards, or an error',
    ),
    async ({ wallet }, member, other) => {
      const { email = '' } = other;
      const exchange = await wallet.call(1, { query: { msisdn: member.msisdn, email } });
      const number = foundNumber(exchange);
      return expectThat(isRefused(exchange) || number === member.cardNumber || number === other.cardNumber, exchange);
    },
  ),
  {
    ...row('blocked-card', 'D', 'A blocked card matches, and issuing is forbidden then: an error', 'a refusal'),
    run: async ({ wallet, known }) => {
      if (known.blockedPhone === undefined) {
        return skipped('the API cannot block a card: name the phone of a blocked one with --blocked-phone');
      }
      const exchange = await wallet.call(1, { query: { msisdn: known.blockedPhone } });
      return expectThat(isRefused(exchange), exchange);
    },
  },
  withMember(
    row('one-card', 'D', 'One user has one card: the same search answers the same', 'twice the same answer'),
    async (scenario, { msisdn }) => {
      const first = await scenario.foundByPhone();
      if (first === undefined || !isCarriedOut(first)) return notPossible('no search by phone succeeds');
      const second = await scenario.wallet.call(1, { query: { msisdn } });
      return expectThat(textOf(first) === textOf(second), second, first);
    },
  ),
];

/** The number of the card that a search found. */
export function foundNumber(exchange: Exchange): string | undefined {
  return isCarriedOut(exchange) ? scalarOf(fieldOf(jsonOf(exchange), 'card', 'cardNumber')) : undefined;
}

function expectCard(exchange: Exchange, { cardNumber }: Member): Finding {
  const found = isCarriedOut(exchange) && fieldOf(jsonOf(exchange), 'card') !== undefined;
  // Another check covers a card without its number.
  return expectThat(found && (foundNumber(exchange) ?? cardNumber) === cardNumber, exchange);
}
