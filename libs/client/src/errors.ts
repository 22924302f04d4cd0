import type { Order, Problem, ProblemType } from './types.js';

/** The gateway refused a call, or could not carry it out: `type` says why to a program, `problem` to a person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Compare it with `PROBLEM_TYPES`. */
  readonly type: ProblemType;

  constructor(
    readonly problem: Problem,
    /** In how many milliseconds the gateway would like to be asked again. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(`${problem.status} ${problem.title}: ${problem.detail}${listFaults(problem)}`);
    this.status = problem.status;
    this.type = problem.type;
  }
}

/** No answer arrived in any attempt; `cause` is the last failure. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** The order did not come to the awaited state in time. It is not lost: look again later. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';

  constructor(
    readonly timeoutMs: number,
    /** As it was seen last; undefined when the gateway could not be asked. */
    readonly order: Order | undefined,
  ) {
    const state = order === undefined ? 'was not seen' : `is ${order.status}`;
    super(`after ${timeoutMs} ms the order ${state}, and not where it was awaited`);
  }
}

/** A callback that is not to be believed: it did not come from the gateway, or long ago. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';
}

function listFaults({ errors = [] }: Problem): string {
  return errors.map(({ pointer, detail }) => `\n  ${pointer}: ${detail}`).join('');
}
