import { databaseProblem } from '../../http/database-problem.js';
import { ProblemError, problemOf, type Problem } from '../../http/problem.js';
import { databaseTroubleOf } from '../../storage/database-trouble.js';
import { AcceptanceUnclearError } from '../ledger/acceptance-unclear.js';

/** An order of a failed call that is accepted, or may be. */
export interface PossibleAcceptance {
  readonly idempotencyKey: string;
  readonly orderId: string;
}

/**
 * The answer to a post that failed after a commit, or perhaps after it: it always has the ids of the orders that may be
 * bought. The same call under the same keys returns them, and buys nothing twice.
 *
 * @param error the last error
 * @returns the error itself when nothing can have been committed
 */
export function postFailure(error: unknown, acceptances: readonly PossibleAcceptance[]): Error {
  if (acceptances.length === 0) return error instanceof Error ? error : new Error(String(error));
  const trouble = databaseTroubleOf(error instanceof AcceptanceUnclearError ? error.cause : error);
  const failed: Problem & { readonly retryAfterSecs?: number } =
    trouble === undefined ? problemOf('internal') : databaseProblem(trouble);
  const { retryAfterSecs, ...problem } = failed;
  const detail = `${problem.detail} Orders of this call are accepted, or may be: make the same call again under the same key to learn which.`;
  const failure = new ProblemError(
    { ...problem, detail, members: { ...problem.members, acceptances } },
    retryAfterSecs === undefined ? {} : { 'retry-after': String(retryAfterSecs) },
  );
  failure.cause = error;
  return failure;
}
