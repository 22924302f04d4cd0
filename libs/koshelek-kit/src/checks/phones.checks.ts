import { failed, notPossible, passed, skipped, type Check, type CheckRow, type Finding } from '../check.js';
import { describeAnswer, fieldOf, isCarriedOut, jsonOf, scalarOf, type Exchange } from '../exchange.js';
import type { Scenario } from '../scenario.js';

const row = (method: number, id: string, sentence: string, expected: string): CheckRow => ({
  id: `phones.${id}`,
  certainty: 'D',
  method,
  sentence,
  expected,
});

/** Methods 12 and 13: the phones with special terms. A server need not have them. */
export const PHONES: readonly Check[] = [
  onList(row(12, 'array', 'The phones are an array of strings', 'an array of strings'), ({ phones }) => phones(), {
    wrong: (phone) => typeof phone === 'object',
    ownArray: true,
  }),
  onList(row(12, 'no-plus', 'The phones are without +', 'digits only'), ({ phones }) => phones(), {
    wrong: (phone) => !isPhone(phone),
  }),
  onList(
    row(13, 'extended-array', 'The phones with parameters are an array of {phone, params}', 'phone in every element'),
    ({ phonesWithParams }) => phonesWithParams(),
    { wrong: (entry) => scalarOf(fieldOf(entry, 'phone')) === undefined, ownArray: true },
  ),
  onList(
    row(13, 'extended-no-plus', 'The phones with parameters are without +', 'digits only'),
    ({ phonesWithParams }) => phonesWithParams(),
    { wrong: (entry) => !isPhone(fieldOf(entry, 'phone') ?? '0') },
  ),
  onList(
    row(13, 'params-only-if-any', 'params is present only if it is not empty', 'no empty params'),
    ({ phonesWithParams }) => phonesWithParams(),
    { wrong: (entry) => isEmptyList(fieldOf(entry, 'params')) },
  ),
  onList(
    row(13, 'params-fields', 'params is an array of {name, value}', 'name and value in every element'),
    ({ phonesWithParams }) => phonesWithParams(),
    { wrong: (entry) => !areParams(fieldOf(entry, 'params')) },
  ),
];

interface Rule {
  readonly wrong: (entry: unknown) => boolean;
  /** This check reports that the answer is an array at all; the others require it. */
  readonly ownArray?: true;
}

function onList(row: CheckRow, ask: (scenario: Scenario) => Promise<Exchange>, { wrong, ownArray }: Rule): Check {
  return {
    ...row,
    run: async (scenario): Promise<Finding> => {
      const exchange = await ask(scenario);
      if (!isCarriedOut(exchange)) return skipped(`optional, and not offered (${describeAnswer(exchange)})`, exchange);
      const list = jsonOf(exchange);
      if (!Array.isArray(list)) {
        return ownArray ? failed(describeAnswer(exchange), exchange) : notPossible('the answer is no array', exchange);
      }
      const found = (list as unknown[]).find(wrong);
      return found === undefined ? passed(exchange) : failed(JSON.stringify(found), exchange);
    },
  };
}

function isPhone(value: unknown): boolean {
  // Another check covers an object instead of a phone.
  return typeof value === 'object' || /^\d+$/.test(scalarOf(value) ?? '');
}

function isEmptyList(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function areParams(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const isParam = (param: unknown): boolean =>
    ['name', 'value'].every((name) => scalarOf(fieldOf(param, name)) !== undefined);
  return Array.isArray(value) && (value as unknown[]).every(isParam);
}
