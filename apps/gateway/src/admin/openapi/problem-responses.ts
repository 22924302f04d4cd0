import { encodeProblem, problem, PROBLEM_CONTENT_TYPE } from '../../http/problem.js';
import { PROBLEM, problemOfTypes } from '../../http/problem-schema.js';
import { PROBLEM_CATALOGUE, typeOf, type ProblemName } from '../../http/problems/catalogue.js';
import type { Json } from '../../http/schema/schema.js';

const components = new Map<string, Json>();

/** @returns the responses that are these problems, by status; each is a component of the document */
export function responsesOf(names: readonly ProblemName[]): Json {
  const statuses = new Set(names.map((name) => PROBLEM_CATALOGUE[name].status));
  const responses = [...statuses].map((status): [string, Json] => [
    String(status),
    reference(names.filter((name) => PROBLEM_CATALOGUE[name].status === status)),
  ]);
  return {
    ...Object.fromEntries(responses),
    default: reference(['internal-error', 'request-timeout', 'headers-too-large']),
  };
}

function reference(kinds: readonly ProblemName[]): Json {
  const name = kinds
    .map((kind) => kind.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()))
    .join('.');
  components.set(name, response(kinds));
  return { $ref: `#/components/responses/${name}` };
}

function response(kinds: readonly ProblemName[]): Json {
  const [first = 'internal-error'] = kinds;
  const { status, meaning } = PROBLEM_CATALOGUE[first];
  const example = JSON.parse(encodeProblem(problem(first, meaning))) as unknown;
  return {
    description: kinds.map((kind) => PROBLEM_CATALOGUE[kind].meaning).join(' '),
    ...(status === 503 || status === 429 ? { headers: RETRY_AFTER } : {}),
    content: { [PROBLEM_CONTENT_TYPE]: { schema: problemOfTypes(kinds.map(typeOf), PROBLEM), example } },
  };
}

const RETRY_AFTER = {
  'Retry-After': {
    description: 'In how many seconds to try again.',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  },
};

/** The components that `responsesOf` has named so far. */
export function problemComponents(): Json {
  return Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
