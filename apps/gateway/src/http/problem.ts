import type { RawAnswer } from './answer-raw.js';
import { writeJson } from '@vestibule/envelope';
import { PROBLEM_CATALOGUE, typeOf, type ProblemName, type ProblemType } from './problems/catalogue.js';
import type { TransportFault } from './transport-fault.js';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** One fault of a body: its pointer (RFC 6901) and a sentence for the developer who sent it. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** An error of the internal port, as RFC 9457 has it; `problem` makes it of its kind. */
export interface Problem {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  /** Extension members (RFC 9457, 3.2) by name. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** @param detail what is wrong this time and what to do, for a person */
export function problem(name: ProblemName, detail: string, more: Pick<Problem, 'errors' | 'members'> = {}): Problem {
  const { title, status } = PROBLEM_CATALOGUE[name];
  return { type: typeOf(name), title, status, detail, ...more };
}

/** Thrown by a controller or a guard; the filter writes it out. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

/** A problem as it is written into an answer. */
export function problemView({ type, title, status, detail, errors, members }: Problem): object {
  return { type, title, status, detail, errors, ...members };
}

export function encodeProblem(written: Problem): string {
  return writeJson(problemView(written));
}

/** What a call without a key, or with a wrong one, is answered. */
export const NO_KEY = problem('key-required', 'Send Authorization: Bearer SECRET with a key of this gateway.');

/** What a call with a wrong key is answered when there were many of them. */
export const TOO_MANY_FAILED_LOGINS = problem(
  'too-many-failed-logins',
  'This key is wrong, and too many failed logins came before. A right key is let in at any time.',
);

const FAULTS: Readonly<Record<TransportFault, Problem>> = {
  'malformed-json': problem(
    'malformed-json',
    'The body is not JSON, nests deeper than 32 levels, or has a key "__proto__".',
  ),
  'not-utf8': problem('not-utf8', 'The body is not valid UTF-8.'),
  'duplicate-key': problem('duplicate-key', 'An object in the body has the same key twice.'),
  'body-too-large': problem(
    'body-too-large',
    'The body is larger than this call takes, or has more than 500,000 values and keys.',
  ),
  'headers-too-large': problem('headers-too-large', 'The request headers are larger than 16 KiB.'),
  'malformed-request': problem('malformed-request', 'The request is not valid HTTP, or its address cannot be read.'),
  'unsound-head': problem(
    'malformed-request',
    'The request has no Host or several, or its body is packed in more than chunks.',
  ),
  'unsupported-media-type': problem(
    'unsupported-media-type',
    'Send the body as Content-Type: application/json, in UTF-8 and not compressed.',
  ),
  'too-many-connections': problem('too-many-connections', 'Too many connections are open here; try again later.'),
  timeout: problem('request-timeout', 'The request did not arrive in time.'),
  'not-found': problem('no-such-call', 'There is no such call here: check the path and the verb.'),
  unavailable: problem('database-unavailable', 'The database cannot be reached at the moment; try again.'),
  internal: problem('internal-error', 'The gateway failed; its log says why.'),
};

export function problemOf(fault: TransportFault): Problem {
  return FAULTS[fault];
}

/** How the internal listener answers a request that reached none of its methods. */
export function answerFaultAsProblem(fault: TransportFault): RawAnswer {
  const { status } = FAULTS[fault];
  return { status, contentType: PROBLEM_CONTENT_TYPE, body: encodeProblem(FAULTS[fault]) };
}
