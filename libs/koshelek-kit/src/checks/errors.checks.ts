import { failed, expectThat, passed, skipped, withMember, type Check, type CheckRow, type Finding } from '../check.js';
import { describeAnswer, fieldOf, isRefused, jsonOf, type Exchange } from '../exchange.js';
import { inventProfile } from '../members.js';
import type { CallInput } from '../wallet.js';

/** What must be refused for any holder. Which status and body a refusal has: see every-answer.checks.ts. */
export const ERRORS: readonly Check[] = [
  badBody({
    id: 'error.malformed-json',
    sentence: 'Any error answers an error: a body that is not JSON',
    certainty: 'D',
    body: Buffer.from('{"allow":["sms"'),
  }),
  badBody({ id: 'error.missing-body', sentence: 'A body that is missing is an error', certainty: 'P' }),
  badBody({
    id: 'error.not-an-object',
    sentence: 'A body that is not the documented object is an error',
    certainty: 'P',
    json: ['sms'],
  }),
  badBody({
    id: 'error.not-utf8',
    sentence: 'Requests are in UTF-8: other bytes are an error',
    certainty: 'P',
    body: Buffer.concat([Buffer.from('{"allow":["'), Buffer.from([0xf1, 0xec, 0xf1]), Buffer.from('"],"deny":[]}')]),
  }),
  {
    id: 'error.unknown-path',
    sentence: 'An address of no method answers like any other error',
    certainty: 'P',
    expected: '422 with code and description',
    run: async ({ unknownPath }) => judgeAsError(await unknownPath()),
  },
  {
    id: 'error.wrong-verb',
    sentence: 'A verb that a method does not have answers like any other error',
    certainty: 'P',
    method: 1,
    expected: '422 with code and description',
    run: async ({ wallet }) => judgeAsError(await wallet.callElsewhere('DELETE', '/card')),
  },
  {
    id: 'path.fixed-segments',
    sentence: 'The fixed paths anonymous, getAllUsers and getAllUsersExtended win over a card number',
    certainty: 'P',
    expected: 'not the answer for a card number that does not exist',
    run: async ({ wallet, unknownCardNumber, reservation, phones, phonesWithParams }) => {
      const unknownCard = await wallet.call(3, { cardNumber: unknownCardNumber });
      const fixed = [await reservation(), await phones(), await phonesWithParams()];
      const taken = fixed.find((exchange) => isRefused(exchange) && sameCode(exchange, unknownCard));
      return taken === undefined ? passed(...fixed) : failed(describeAnswer(taken), unknownCard, taken);
    },
  },
  {
    id: 'version.later-methods',
    sentence: 'A method later than the agreed version is refused',
    certainty: 'U',
    expected: 'a refusal of methods 8, 10 and 11 if the version lacks them',
    run: async ({ wallet }) => {
      const later = [8, 10, 11].filter((method) => !wallet.offers(method));
      if (later.length === 0) return skipped('no method is later than 1.3.0');
      for (const method of later) {
        const exchange = await wallet.call(method, { json: inventProfile() });
        if (!isRefused(exchange)) return failed(describeAnswer(exchange), exchange);
      }
      return passed();
    },
  },
];

/** A body of method 2 that cannot be read. */
function badBody(row: Omit<CheckRow, 'expected'> & Pick<CallInput, 'body' | 'json'>): Check {
  const { body, json, ...rest } = row;
  const input = { ...(body === undefined ? {} : { body }), ...(json === undefined ? {} : { json }) };
  return withMember({ ...rest, method: 2, expected: 'a refusal' }, async ({ wallet }, { cardNumber }) => {
    const exchange = await wallet.call(2, { cardNumber, ...input });
    return expectThat(isRefused(exchange), exchange);
  });
}

function judgeAsError(exchange: Exchange): Finding {
  const json = jsonOf(exchange);
  const complete = ['code', 'description'].every((name) => typeof fieldOf(json, name) === 'string');
  return expectThat(exchange.answer.status === 422 && complete, exchange);
}

function sameCode(one: Exchange, other: Exchange): boolean {
  const code = fieldOf(jsonOf(one), 'code');
  return code !== undefined && code === fieldOf(jsonOf(other), 'code');
}
