import { problem, ProblemError } from '../../../http/problem.js';

/** Why nothing is delivered there once more. */
export const ENDPOINT_DISABLED = problem(
  'endpoint-disabled',
  'Its endpoint is disabled: enable that first, and what is pending is sent by itself.',
);

export function noSuch(what: 'endpoint' | 'delivery'): ProblemError {
  return new ProblemError(problem(`${what}-not-found`, `There is no ${what} of yours with this id.`));
}
