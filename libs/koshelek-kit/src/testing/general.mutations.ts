import { loyaltyError } from '@vestibule/koshelek-contract';
import {
  accepts,
  always,
  beforeCredentials,
  bodyHas,
  changed,
  either,
  first,
  instead,
  knownCard,
  method,
  refuses,
  rewritten,
  unknownCard,
  type Mutation,
} from './mutate.js';
import { errorReply, jsonReply, LOGIN, PASSWORD, textReply, type Asked, type Reply } from './reference-server.js';

const withHeader =
  (...headers: string[]) =>
  (reply: Reply): void => {
    reply.headers.splice(0, 2, ...headers);
  };

const loginOf = ({ headers }: Asked): string =>
  Buffer.from((headers.authorization ?? '').split(/ +/)[1] ?? '', 'base64').toString('utf8');

/** An error of a call with the right credentials. */
const isError = (reply: Reply): boolean => reply.status === 422;

const errorsOf = (fails: string, name: string, change: (reply: Reply) => void): Mutation =>
  changed(fails, name, method(2), (reply) => (isError(reply) ? change(reply) : undefined));

const swapError = (json: unknown) => (reply: Reply) => {
  reply.body = Buffer.from(JSON.stringify(json));
};

/** The rules that are not of one method. */
// prettier-ignore
export const GENERAL_MUTATIONS: readonly Mutation[] = [
  changed('answer.content-type', 'no semicolon at the end', always, withHeader('Content-Type', 'application/json; charset=utf-8')),
  changed('answer.content-type', 'no charset', method(1), withHeader('Content-Type', 'application/json;')),
  changed('answer.content-type', 'no Content-Type with an empty body', method(2), withHeader()),
  changed('answer.content-type', 'the header twice', method(8), withHeader('Content-Type', 'application/json; charset=utf-8;', 'Content-Type', 'application/json')),
  changed('answer.content-type', 'capital letters', method(1), withHeader('Content-Type', 'application/json; charset=UTF-8;')),
  errorsOf('answer.status', '404 instead of 422', (reply) => { reply.status = 404; }),
  errorsOf('answer.status', '400 instead of 422', (reply) => { reply.status = 400; }),
  errorsOf('answer.status', '200 with an error body', (reply) => { reply.status = 200; }),
  changed('answer.status', '201 for an issue', method(8), (reply) => { reply.status = reply.status === 200 ? 201 : reply.status; }),
  changed('answer.status', '204 for nothing to return', method(1), (reply) => { reply.status = reply.body.length === 0 ? 204 : reply.status; }),
  // For a repeated call, only equal answers are required.
  { fails: 'answer.status', name: 'the connection is cut', breakage: { cuts: method(2, ({ text }) => text === '{"allow":["email"],"deny":["sms","call"]}') } },
  errorsOf('answer.error-fields', 'an error without a description', swapError({ code: '1' })),
  errorsOf('answer.error-fields', 'an error without a code', swapError({ description: 'Ошибка' })),
  errorsOf('answer.error-fields', 'an error in an envelope', swapError({ error: { code: '1', description: 'Ошибка' } })),
  errorsOf('answer.error-fields', 'an error without a body', (reply) => { reply.body = Buffer.alloc(0); }),
  errorsOf('answer.error-strings', 'a number for a code', swapError({ code: 123, description: 'Ошибка' })),
  errorsOf('answer.error-strings', 'a list for a description', swapError({ code: '1', description: ['Ошибка'] })),
  errorsOf('answer.error-russian', 'an English description', swapError({ code: '1', description: 'Card not found' })),
  rewritten('answer.strings', 'numbers as numbers', method(3), (text) => text.replace('"total":"100"', '"total":100')),
  rewritten('answer.strings', 'a boolean as a boolean', method(1), (text) => text.replace('"cardState"', '"virtual":true,"cardState"')),
  rewritten('answer.strings', 'a card number as a number', method(8), (text) => text.replace(/"cardNumber":"0(\d+)"/, '"priority":1,"cardNumber":"0$1"')),
  rewritten('answer.no-null', 'null for what is absent', method(1), (text) => text.replace('"cardState"', '"expires":null,"cardState"')),
  changed('answer.json', 'plain text instead of JSON', method(10), (reply) => { reply.body = reply.status === 200 ? Buffer.from('OK') : reply.body; }),
  errorsOf('answer.utf8', 'an error in windows-1251', (reply) => {
    reply.body = Buffer.concat([Buffer.from('{"code":"1","description":"'), Buffer.from([0xce, 0xf8, 0xe8]), Buffer.from('"}')]);
  }),
  beforeCredentials('auth.accepted', 'the first call is refused', either(first(always), (asked) => !loginOf(asked).startsWith(`${LOGIN}:${PASSWORD}`)), () => errorReply(loyaltyError('wrongCredentials'))),
  beforeCredentials('auth.required', 'channels without credentials', method(2, ({ headers }) => headers.authorization === undefined), () => textReply('')),
  beforeCredentials('auth.required', 'a search without credentials', method(1, ({ headers }) => headers.authorization === undefined), () => textReply('')),
  beforeCredentials('auth.wrong-password', 'any password', (asked) => loginOf(asked) === `${LOGIN}:not-${PASSWORD}`, () => textReply('')),
  beforeCredentials('auth.wrong-login', 'any login', (asked) => loginOf(asked) === `not-${LOGIN}:${PASSWORD}`, () => textReply('')),
  beforeCredentials('auth.scheme-case', 'Basic with a capital only', ({ headers }) => headers.authorization?.startsWith('basic') === true, () => jsonReply(loyaltyError('wrongCredentials'), 401)),
  beforeCredentials('auth.blanks', 'one blank only', ({ headers }) => /^basic {2}/i.test(headers.authorization ?? ''), () => jsonReply(loyaltyError('wrongCredentials'), 401)),
  changed('auth.failure-status', '401 without WWW-Authenticate', always, (reply) => { reply.headers = reply.headers.slice(0, 2); }),
  changed('auth.failure-status', '403', always, (reply) => { reply.status = reply.status === 401 ? 403 : reply.status; }),
  changed('auth.failure-body', 'wrong credentials without a body', always, (reply) => { reply.body = reply.status === 401 ? Buffer.alloc(0) : reply.body; }),
  refuses('request.semicolon', 'a Content-Type with a semicolon is not understood', ({ headers }) => headers['content-type']?.endsWith(';') === true),
  refuses('request.get-content-type', 'a GET with a Content-Type is refused', ({ verb, headers }) => verb === 'GET' && headers['content-type'] !== undefined),
  refuses('request.get-content-type', 'a GET with a body is refused', ({ verb, text }) => verb === 'GET' && text !== ''),
  instead('path.trailing-slash', 'a slash at the end is another path', ({ target }) => target.includes('/card/?'), () => errorReply(loyaltyError('unknownPath'))),
  accepts('error.malformed-json', 'half a JSON is taken', method(2, ({ text }) => text === '{"allow":["sms"')),
  accepts('error.missing-body', 'no body is taken', method(2, ({ text }) => text === '')),
  accepts('error.not-an-object', 'an array is taken', method(2, ({ text }) => text.startsWith('['))),
  accepts('error.not-utf8', 'windows-1251 is taken', method(2, bodyHas('\ufffd'))),
  instead('error.unknown-path', 'a page for an unknown address', ({ method, verb }) => method === 0 && verb === 'GET', () => ({ status: 404, headers: ['Content-Type', 'text/html'], body: Buffer.from('<h1>Not Found</h1>') })),
  instead('error.wrong-verb', '405 for a wrong verb', ({ verb }) => verb === 'DELETE', () => ({ status: 405, headers: ['Allow', 'GET'], body: Buffer.alloc(0) })),
  instead('path.fixed-segments', 'getAllUsers is read as a card number', method(12), () => errorReply(loyaltyError('cardNotFound'))),
  refuses('issue.utf8', 'Russian names are refused', bodyHas('Ёлка')),
  refuses('search.long-msisdn', 'a phone of 15 digits is refused', method(1, ({ query }) => query['msisdn']?.length === 15)),
  accepts('channels.unknown-card', 'channels of no card', method(2, unknownCard)),
  refuses('channels.accepted', 'the sample is refused', method(2, (asked) => knownCard(asked) && asked.verb === 'PUT' && asked.text === '{"allow":["sms","email"],"deny":["call"]}')),
];
