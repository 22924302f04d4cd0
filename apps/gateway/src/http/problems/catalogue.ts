import { OPERATOR_PROBLEMS } from './operator-problems.js';
import { ORDER_PROBLEMS } from './order-problems.js';
import type { ProblemKind } from './problem-kind.js';
import { REQUEST_PROBLEMS } from './request-problems.js';

export type ProblemName = keyof typeof REQUEST_PROBLEMS | keyof typeof ORDER_PROBLEMS | keyof typeof OPERATOR_PROBLEMS;
/** What `type` of a problem is: the address of its entry in the catalogue, relative to the internal listener. */
export type ProblemType = `/problems/${ProblemName}`;

/** Every kind of problem that the internal listener answers; a problem of no kind does not compile. */
export const PROBLEM_CATALOGUE: Readonly<Record<ProblemName, ProblemKind>> = {
  ...REQUEST_PROBLEMS,
  ...ORDER_PROBLEMS,
  ...OPERATOR_PROBLEMS,
};

type ProblemGroup = readonly [
  title: string,
  kinds: Readonly<Record<string, ProblemKind>>,
  readers: 'everyone' | 'operators',
];

/** The catalogue in parts, as a reader meets it. */
export const PROBLEM_GROUPS: readonly ProblemGroup[] = [
  ['Any call', REQUEST_PROBLEMS, 'everyone'],
  ['Orders, tickets, callbacks and the catalogue', ORDER_PROBLEMS, 'everyone'],
  ['The calls of operators', OPERATOR_PROBLEMS, 'operators'],
];

export const typeOf = (name: ProblemName): ProblemType => `/problems/${name}`;
