/** Why a value was refused, and the message. */
const PROBLEMS = {
  'not-finite': 'NaN and Infinity have no JSON form',
  function: 'a function has no JSON form',
  symbol: 'a symbol has no JSON form',
  'invalid-date': 'the Date is invalid',
  'no-json-form': 'an object of this class has no obvious JSON form',
  cycle: 'the value contains itself',
  'too-deep': 'the value nests too deep',
  missing: 'the shape asks for a value here',
  'not-elementary': 'the shape asks for an elementary value here',
  'not-an-object': 'the shape asks for an object here',
  'not-an-array': 'the shape asks for an array here',
} as const;

/** Why a value was refused; the last four come from a compiled serializer only. */
export type StringJsonProblem = keyof typeof PROBLEMS;

/** A step from a value to one inside it: the key of a field or the index of an element. */
export type Step = string | number;

/**
 * Thrown for a value that has no JSON form: a bug of the code that built the answer. It has the path to the value and
 * the problem, never the value itself.
 */
export class StringJsonError extends TypeError {
  override readonly name = 'StringJsonError';

  /**
   * @param problem the fault
   * @param path its place, e.g. `$.card.bonuses[2].amount`; `$` is the value itself
   */
  constructor(
    readonly problem: StringJsonProblem,
    readonly path: string,
  ) {
    super(`${path}: ${PROBLEMS[problem]}`);
  }
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Writes a path as JavaScript would write it: `$.card["bar code"][2]`. */
export function formatPath(steps: readonly Step[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return IDENTIFIER.test(step) ? `${path}.${step}` : `${path}[${JSON.stringify(step)}]`;
  }, '$');
}
