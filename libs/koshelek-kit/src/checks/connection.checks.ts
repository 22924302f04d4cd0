import { expectThat, failed, passed, skipped, withMember, type Check, type Finding } from '../check.js';
import { describeAnswer, fieldOf, headerValues, isCarriedOut, isRefused, jsonOf, textOf } from '../exchange.js';
import { digits } from '../members.js';
import type { Credentials, Wallet } from '../wallet.js';

const LOCAL_HOSTS = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const searchAs = (wallet: Wallet, credentials: Credentials) =>
  wallet.call(1, { query: { msisdn: `7000${digits(7)}` }, credentials });

/** How the caller reaches the server and proves who it is. */
export const CONNECTION: readonly Check[] = [
  {
    id: 'connection.https',
    sentence: 'The exchange is over HTTPS',
    certainty: 'D',
    expected: 'an https:// address (not asked of this machine itself)',
    run: async ({ wallet }) => judgeScheme(wallet.target.baseUrl),
  },
  {
    id: 'auth.accepted',
    sentence: 'HTTP Basic (RFC 7617) with the agreed login and password opens the API',
    certainty: 'D',
    method: 1,
    expected: 'another answer than for wrong credentials',
    run: async ({ wallet }) => {
      const exchange = await searchAs(wallet, 'right');
      const wrong = await searchAs(wallet, 'wrong-both');
      const isSame = exchange.answer.status === wrong.answer.status && textOf(exchange) === textOf(wrong);
      return expectThat(isCarriedOut(exchange) || !isSame, exchange, wrong);
    },
  },
  {
    id: 'auth.required',
    sentence: 'Without credentials nothing is carried out',
    certainty: 'D',
    expected: 'a refusal of methods 1, 2 and 8',
    run: async ({ wallet, unknownCardNumber }) => {
      const exchanges = [
        await searchAs(wallet, 'none'),
        await wallet.call(2, { cardNumber: unknownCardNumber, json: { allow: [], deny: [] }, credentials: 'none' }),
        ...(wallet.offers(8) ? [await wallet.call(8, { json: {}, credentials: 'none' })] : []),
      ];
      const open = exchanges.find((exchange) => !isRefused(exchange));
      return open === undefined ? passed(...exchanges) : failed(describeAnswer(open), open);
    },
  },
  refusedAs('auth.wrong-password', 'A wrong password is refused', 'wrong-password'),
  refusedAs('auth.wrong-login', 'A wrong login is refused', 'wrong-login'),
  {
    id: 'auth.scheme-case',
    sentence: 'The name of the scheme is read without regard to case (RFC 7617, section 2)',
    certainty: 'P',
    method: 1,
    expected: 'basic is as good as Basic',
    run: async ({ wallet }) => {
      const usual = await searchAs(wallet, 'right');
      const exchange = await searchAs(wallet, 'lower-case-scheme');
      return expectThat(isRefused(exchange) === isRefused(usual), exchange, usual);
    },
  },
  {
    id: 'auth.blanks',
    sentence: 'Several blanks may follow the name of the scheme (RFC 9110, section 11.4)',
    certainty: 'P',
    method: 1,
    expected: 'three blanks are as good as one',
    run: async ({ wallet }) => {
      const usual = await searchAs(wallet, 'right');
      const exchange = await searchAs(wallet, 'several-blanks');
      return expectThat(isRefused(exchange) === isRefused(usual), exchange, usual);
    },
  },
  {
    id: 'auth.failure-status',
    sentence: 'Wrong credentials: 422, or 401 with WWW-Authenticate (RFC 7617)',
    certainty: 'U',
    method: 1,
    expected: '422, or 401 with WWW-Authenticate: Basic …',
    run: async ({ wallet }) => {
      const exchange = await searchAs(wallet, 'wrong-both');
      const { status } = exchange.answer;
      const challenged = headerValues(exchange, 'www-authenticate').some((value) => /^basic\b/i.test(value));
      return expectThat(status === 422 || (status === 401 && challenged), exchange);
    },
  },
  {
    id: 'auth.failure-body',
    sentence: 'Wrong credentials have the same error body as any other error',
    certainty: 'U',
    method: 1,
    expected: '{"code": "…", "description": "…"}',
    run: async ({ wallet }) => {
      const exchange = await searchAs(wallet, 'wrong-both');
      const json = jsonOf(exchange);
      const isString = (name: string): boolean => typeof fieldOf(json, name) === 'string';
      return expectThat(isString('code') && isString('description'), exchange);
    },
  },
  withMember(
    {
      id: 'request.semicolon',
      sentence: 'A request whose Content-Type ends with the same semicolon is understood',
      certainty: 'P',
      method: 2,
      expected: 'the call is carried out',
    },
    async ({ wallet }, { cardNumber }) => {
      const contentType = 'application/json; charset=utf-8;';
      const exchange = await wallet.call(2, { cardNumber, json: { allow: ['sms'], deny: [] }, contentType });
      return expectThat(isCarriedOut(exchange), exchange);
    },
  ),
  {
    id: 'request.get-content-type',
    sentence: 'A GET may come with Content-Type: application/json, with a body and without one',
    certainty: 'P',
    method: 1,
    expected: 'the same as without a Content-Type',
    run: async ({ wallet }) => {
      const usual = await searchAs(wallet, 'right');
      const query = { msisdn: `7000${digits(7)}` };
      const bare = await wallet.call(1, { query, contentType: 'application/json' });
      const withBody = await wallet.call(1, { query, json: {}, contentType: 'application/json' });
      const other = [bare, withBody].find((exchange) => isRefused(exchange) !== isRefused(usual));
      return expectThat(other === undefined, other ?? bare, usual);
    },
  },
  {
    id: 'path.trailing-slash',
    sentence: 'A slash at the end of a path says nothing',
    certainty: 'P',
    method: 1,
    expected: '/v1/card/?msisdn=… is answered as /v1/card?msisdn=…',
    run: async ({ wallet }) => {
      const usual = await searchAs(wallet, 'right');
      const exchange = await wallet.callElsewhere('GET', '/card/', { query: { msisdn: `7000${digits(7)}` } });
      return expectThat(isRefused(exchange) === isRefused(usual), exchange, usual);
    },
  },
];

function refusedAs(id: string, sentence: string, credentials: Credentials): Check {
  return {
    id,
    sentence,
    certainty: 'D',
    method: 1,
    expected: 'a refusal',
    run: async ({ wallet }) => {
      const exchange = await searchAs(wallet, credentials);
      return expectThat(isRefused(exchange), exchange);
    },
  };
}

/** Plain HTTP is acceptable only inside one machine. */
export function judgeScheme({ protocol, hostname, origin }: URL): Finding {
  if (protocol === 'https:') return passed();
  return LOCAL_HOSTS.test(hostname) ? skipped('the address is of this machine') : failed(origin);
}
