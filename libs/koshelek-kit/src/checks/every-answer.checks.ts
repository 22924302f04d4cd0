import { CONTENT_TYPE } from '@vestibule/koshelek-contract';
import { failed, notPossible, passed, type Check, type CheckRow } from '../check.js';
import {
  describeAnswer,
  fieldOf,
  headerValues,
  isCarriedOut,
  isEmpty,
  isRefused,
  jsonOf,
  textOf,
  type Exchange,
} from '../exchange.js';
import { methodOf, type Wallet } from '../wallet.js';

/**
 * The rules for every answer, judged over all calls of the run. A method the vendor does not document, an optional or
 * a later one is held to them once the server has shown that it has the method.
 */
export const EVERY_ANSWER: readonly Check[] = [
  everyAnswer(
    {
      id: 'answer.content-type',
      sentence: 'Every answer carries Content-Type: application/json; charset=utf-8; – with the semicolon at the end',
      certainty: 'D',
      expected: `one header Content-Type with exactly "${CONTENT_TYPE}"`,
    },
    // The check of the status reports a call without an answer.
    ({ answer }) => answer.failure === undefined,
    (exchange) => {
      const values = headerValues(exchange, 'content-type');
      if (values.length === 1 && values[0] === CONTENT_TYPE) return undefined;
      return values.length === 0 ? 'no Content-Type' : values.map((value) => `Content-Type: ${value}`).join(', ');
    },
  ),
  everyAnswer(
    {
      id: 'answer.status',
      sentence: 'The status is 200 on success and 422 on any error in executing the request',
      certainty: 'D',
      expected: '422 with an error, 200 otherwise',
    },
    ({ unauthorised }) => !unauthorised,
    (exchange) => {
      const wanted = isRefused(exchange) ? 422 : 200;
      return exchange.answer.status === wanted ? undefined : describeAnswer(exchange);
    },
  ),
  everyAnswer(
    {
      id: 'answer.error-fields',
      sentence: 'The body of an error is an object with code and description',
      certainty: 'D',
      expected: '{"code": …, "description": …}',
    },
    isJudgedError,
    (exchange) => {
      const json = jsonOf(exchange);
      const missing = ['code', 'description'].filter((name) => (fieldOf(json, name) ?? '') === '');
      return missing.length === 0 ? undefined : `no ${missing.join(', no ')}: ${describeAnswer(exchange)}`;
    },
  ),
  everyAnswer(
    {
      id: 'answer.error-strings',
      sentence: 'Code and description of an error are both strings',
      certainty: 'D',
      expected: 'a JSON string in both',
    },
    // What an error leaves out is a matter for answer.error-fields.
    (exchange) =>
      isJudgedError(exchange) && ['code', 'description'].some((name) => isThere(fieldOf(jsonOf(exchange), name))),
    (exchange) => {
      const json = jsonOf(exchange);
      const wrong = ['code', 'description'].filter((name) => !isStringOrAbsent(fieldOf(json, name)));
      return wrong.length === 0 ? undefined : `${wrong.join(', ')}: ${describeAnswer(exchange)}`;
    },
  ),
  everyAnswer(
    {
      id: 'answer.error-russian',
      sentence: 'The description of an error is in Russian',
      certainty: 'D',
      expected: 'Cyrillic letters in description',
    },
    (exchange) => isJudgedError(exchange) && isUtf8(exchange) && descriptionOf(exchange) !== '',
    (exchange) => {
      const description = descriptionOf(exchange);
      return /\p{Script=Cyrillic}/u.test(description) ? undefined : description;
    },
  ),
  everyAnswer(
    {
      id: 'answer.strings',
      sentence: 'Every elementary field of an answer is a JSON string, numbers and booleans included',
      certainty: 'D',
      expected: 'nothing but strings, objects and arrays',
    },
    isCarriedOut,
    (exchange) => {
      const fields = leaves(jsonOf(exchange)).filter(({ value }) => value !== null && typeof value !== 'string');
      return fields.length === 0
        ? undefined
        : fields.map(({ path, value }) => `${path} is ${String(value)}`).join(', ');
    },
  ),
  everyAnswer(
    {
      id: 'answer.no-null',
      sentence: 'How null is written is unknown: an absent field is the safe reading',
      certainty: 'U',
      expected: 'no null inside an answer',
    },
    isCarriedOut,
    (exchange) => {
      const fields = leaves(jsonOf(exchange)).filter(({ value }) => value === null);
      return fields.length === 0 ? undefined : fields.map(({ path }) => `${path} is null`).join(', ');
    },
  ),
  everyAnswer(
    {
      id: 'answer.json',
      sentence: 'The body of an answer is JSON, or nothing',
      certainty: 'D',
      expected: 'an empty body or valid JSON',
    },
    (exchange) => !exchange.unauthorised && !isEmpty(exchange),
    (exchange) => (jsonOf(exchange) === undefined ? describeAnswer(exchange) : undefined),
  ),
  everyAnswer(
    {
      id: 'answer.utf8',
      sentence: 'Answers are in UTF-8',
      certainty: 'D',
      expected: 'valid UTF-8, without a byte order mark',
    },
    () => true,
    (exchange) => (isUtf8(exchange) ? undefined : `bytes that are not UTF-8: ${describeAnswer(exchange)}`),
  ),
];

/** @param wrong the fault of an answer, or undefined */
function everyAnswer(
  row: CheckRow,
  isJudged: (exchange: Exchange) => boolean,
  wrong: (exchange: Exchange) => string | undefined,
): Check {
  return {
    ...row,
    last: true,
    run: async ({ wallet }) => {
      const judged = answersUnderTheRules(wallet).filter(isJudged);
      const faults = judged.flatMap((exchange) => {
        const found = wrong(exchange);
        return found === undefined ? [] : [{ exchange, found }];
      });
      const [first] = faults;
      if (first !== undefined) {
        const { method, verb, target } = first.exchange.request;
        const found = `${first.found} (${faults.length} of ${judged.length} answers; first: method ${method}, ${verb} ${target})`;
        return failed(found, ...faults.slice(0, 3).map(({ exchange }) => exchange));
      }
      return judged.length === 0 ? notPossible('no call had such an answer') : passed(...judged.slice(0, 1));
    },
  };
}

/** The answers of the mandatory methods, and of the optional ones that the server has shown to have. */
function answersUnderTheRules(wallet: Wallet): Exchange[] {
  const shown = new Set(wallet.journal.filter(isCarriedOut).map(({ request }) => request.method));
  return wallet.journal.filter(({ request: { method } }) => {
    if (method === undefined) return false;
    const { certainty, optional } = methodOf(method);
    return shown.has(method) || (certainty === 'D' && optional !== true && wallet.offers(method));
  });
}

function isJudgedError(exchange: Exchange): boolean {
  return isRefused(exchange) && !exchange.unauthorised;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isStringOrAbsent(value: unknown): boolean {
  return !isThere(value) || typeof value === 'string';
}

/** @returns '' without one that is a string */
function descriptionOf(exchange: Exchange): string {
  const description = fieldOf(jsonOf(exchange), 'description');
  return typeof description === 'string' ? description : '';
}

function isUtf8(exchange: Exchange): boolean {
  const { body } = exchange.answer;
  return Buffer.from(textOf(exchange)).equals(body) && !body.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
}

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** The elementary fields below a value. A value without an object or array around it is no field. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`));
}
