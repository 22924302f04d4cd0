import { expectThat, onAnswer, withMember, type Check, type CheckRow } from '../check.js';
import { isCarriedOut, isEmpty, isRefused } from '../exchange.js';

const row = (id: string, certainty: CheckRow['certainty'], sentence: string, expected: string): CheckRow => ({
  id: `channels.${id}`,
  certainty,
  method: 2,
  sentence,
  expected,
});

const CARRIED_OUT = 'the call is carried out';
const SAMPLE = { allow: ['sms', 'email'], deny: ['call'] };

/** Method 2: the channels that the holder allows. */
export const CHANNELS: readonly Check[] = [
  accepts(row('accepted', 'D', 'Allowed and denied channels are taken with PUT', CARRIED_OUT), SAMPLE),
  accepts(row('post', 'P', 'One partner registers POST: it is tolerated', CARRIED_OUT), SAMPLE, 'POST'),
  accepts(row('unknown-codes', 'D', 'The set of channel codes is open: unknown ones are taken', CARRIED_OUT), {
    allow: ['push', 'carrier-pigeon'],
    deny: [],
  }),
  accepts(row('one-list', 'P', 'A channel in neither list does not change: one list is enough', CARRIED_OUT), {
    allow: ['sms'],
  }),
  accepts(row('both-lists', 'P', 'A channel in both lists is denied, and is no error', CARRIED_OUT), {
    allow: ['sms'],
    deny: ['sms'],
  }),
  accepts(row('unknown-field', 'P', 'Fields the partner does not know are ignored', CARRIED_OUT), {
    ...SAMPLE,
    shoeSize: '44',
  }),
  onAnswer(
    row('empty-body', 'P', 'The answer is 200 with an empty body', 'no body'),
    async ({ wallet, member }) => {
      const issued = await member();
      return issued.ok ? wallet.call(2, { cardNumber: issued.member.cardNumber, json: SAMPLE }) : undefined;
    },
    (exchange) => expectThat(isEmpty(exchange), exchange),
  ),
  withMember(
    row('repeat', 'U', 'Every write is safe to repeat: the same channels again', 'the same answer twice'),
    async ({ wallet }, { cardNumber }) => {
      const json = { allow: ['email'], deny: ['sms', 'call'] };
      const first = await wallet.call(2, { cardNumber, json });
      const second = await wallet.call(2, { cardNumber, json });
      return expectThat(isCarriedOut(first) === isCarriedOut(second), second, first);
    },
  ),
  {
    ...row('unknown-card', 'D', 'Channels of a card that does not exist are an error', 'a refusal'),
    run: async ({ wallet, unknownCardNumber }) => {
      const exchange = await wallet.call(2, { cardNumber: unknownCardNumber, json: SAMPLE });
      return expectThat(isRefused(exchange), exchange);
    },
  },
];

function accepts(row: CheckRow, json: unknown, verb?: string): Check {
  return withMember(row, async ({ wallet }, { cardNumber }) => {
    const exchange = await wallet.call(2, { cardNumber, json, ...(verb === undefined ? {} : { verb }) });
    return expectThat(isCarriedOut(exchange), exchange);
  });
}
