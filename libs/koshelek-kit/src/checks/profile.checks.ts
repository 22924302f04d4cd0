import {
  expectThat,
  notPossible,
  onAnswer,
  skipped,
  withMember,
  withTwoMembers,
  type Check,
  type CheckRow,
} from '../check.js';
import { isCarriedOut, isEmpty, isRefused } from '../exchange.js';
import { inventProfile, type Member } from '../members.js';
import { foundNumber } from './search.checks.js';

const row = (id: string, sentence: string, expected = 'the call is carried out'): CheckRow => ({
  id: `profile.${id}`,
  certainty: 'P',
  method: 4,
  sentence,
  expected,
});

/** Method 4: the holder's profile. */
export const PROFILE: readonly Check[] = [
  updates(row('put', 'The profile is updated with PUT'), (member) => ({
    firstname: 'Conformance',
    patronymic: 'Check',
    surname: 'Kit',
    sex: 'f',
    phone: member.msisdn,
    countryCode: 'RU',
    locality: 'Moscow',
    ...(member.email === undefined ? {} : { email: member.email }),
    ...(member.birthDate === undefined ? {} : { birthDate: member.birthDate }),
  })),
  updates(row('post', 'The profile is updated with POST as well'), () => ({ firstname: 'Conformance' }), 'POST'),
  updates(row('one-field', 'Each field is optional'), () => ({ surname: 'Single' })),
  updates(row('field-case', 'Names of fields match without regard to case (firstName, birthdate)'), (member) => ({
    firstName: 'Conformance',
    birthdate: member.birthDate ?? '1990-01-01',
  })),
  ...['м', 'ж', 'm', 'f', 'male', 'женский'].map((sex, index) =>
    updates(row(`sex-${index + 1}`, `sex arrives as м/ж, m/f or words: ${sex}`), () => ({ sex })),
  ),
  updates(row('longest-name', 'A name has up to 50 characters'), () => ({ surname: 'K'.repeat(50) })),
  updates(row('unknown-field', 'Fields the partner does not know are ignored'), () => ({ shoeSize: '44' })),
  onAnswer(
    row('empty-body', 'The answer is 200 with an empty body', 'no body'),
    async ({ wallet, member }) => {
      const issued = await member();
      if (!issued.ok) return undefined;
      return wallet.call(4, { cardNumber: issued.member.cardNumber, json: { surname: 'Kit' } });
    },
    (exchange) => expectThat(isEmpty(exchange), exchange),
  ),
  withTwoMembers(
    row('found-after', 'The search finds a changed e-mail', 'the card by its new e-mail'),
    async ({ wallet }, _member, { cardNumber, msisdn, email: before = '' }) => {
      const { email } = inventProfile();
      const old = await wallet.call(1, { query: { email: before } });
      if (foundNumber(old) !== cardNumber) return notPossible('no search by e-mail succeeds', old);
      const update = await wallet.call(4, { cardNumber, json: { email, phone: msisdn } });
      if (!isCarriedOut(update)) return notPossible('the profile cannot be updated', update);
      const exchange = await wallet.call(1, { query: { email } });
      return expectThat(foundNumber(exchange) === cardNumber, exchange, update);
    },
  ),
  {
    ...row('unknown-card', 'A card that does not exist is an error', 'a refusal'),
    run: async ({ wallet, unknownCardNumber }) => {
      const exchange = await wallet.call(4, { cardNumber: unknownCardNumber, json: { surname: 'Kit' } });
      return expectThat(isRefused(exchange), exchange);
    },
  },
  withTwoMembers(
    row('phone-of-another', "A phone that is another card's is an error", 'a refusal'),
    async ({ wallet }, { msisdn }, { cardNumber }) => {
      const exchange = await wallet.call(4, { cardNumber, json: { phone: msisdn } });
      return expectThat(isRefused(exchange), exchange);
    },
  ),
  withTwoMembers(
    row('email-of-another', "An e-mail that is another card's is an error", 'a refusal'),
    async ({ wallet }, { email }, { cardNumber }) => {
      if (email === undefined) return skipped('the e-mail of the named member is not given (--email)');
      const exchange = await wallet.call(4, { cardNumber, json: { email } });
      return expectThat(isRefused(exchange), exchange);
    },
  ),
  withMember(
    {
      ...row('repeat', 'Every write is safe to repeat: the same profile again', 'the same answer twice'),
      certainty: 'U',
    },
    async ({ wallet }, { cardNumber }) => {
      const json = { surname: 'Kit', locality: 'Moscow' };
      const first = await wallet.call(4, { cardNumber, json });
      const second = await wallet.call(4, { cardNumber, json });
      return expectThat(isCarriedOut(first) === isCarriedOut(second), second, first);
    },
  ),
];

function updates(row: CheckRow, profile: (member: Member) => unknown, verb?: string): Check {
  return withMember(row, async ({ wallet }, member) => {
    const { cardNumber } = member;
    const json = profile(member);
    const exchange = await wallet.call(4, { cardNumber, json, ...(verb === undefined ? {} : { verb }) });
    return expectThat(isCarriedOut(exchange), exchange);
  });
}
