import { STATUS_CODES } from 'node:http';
import type { RawAnswer } from './fastify.js';
import { writeJson } from '@vestibule/envelope';
import type { TransportFault } from './transport-fault.js';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** One fault of a body: its pointer (RFC 6901) and a sentence for the developer who sent it. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: string;
}

/** An error of the internal port, as RFC 9457 has it. */
export interface Problem {
  readonly status: number;
  /** A URI that names the kind of problem, where the status alone does not say enough. */
  readonly type?: string;
  /** The kind of problem in words; the name of the status unless given. */
  readonly title?: string;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
  /** Extension members (RFC 9457, 3.2) by name. */
  readonly members?: Readonly<Record<string, unknown>>;
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
export function problemView(problem: Problem): object {
  const { status, type = 'about:blank', title = STATUS_CODES[status], detail, errors, members } = problem;
  return { type, title, status, detail, errors, ...members };
}

export function encodeProblem(problem: Problem): string {
  return writeJson(problemView(problem));
}

/** What a call without a key, or with a wrong one, is answered. */
export const NO_KEY: Problem = { status: 401, detail: 'Send Authorization: Bearer SECRET with a key of this gateway.' };

/** What a call with a wrong key is answered when there were many of them. */
export const TOO_MANY_FAILED_LOGINS: Problem = {
  status: 429,
  detail: 'This key is wrong, and too many failed logins came before. A right key is let in at any time.',
};

const FAULTS: Readonly<Record<TransportFault, Problem>> = {
  'malformed-json': {
    status: 400,
    detail: 'The body is not JSON, nests deeper than 32 levels, or has a key "__proto__".',
  },
  'not-utf8': { status: 400, detail: 'The body is not valid UTF-8.' },
  'duplicate-key': { status: 400, detail: 'An object in the body has the same key twice.' },
  'body-too-large': { status: 413, detail: 'The body is larger than this call takes.' },
  'headers-too-large': { status: 431, detail: 'The request headers are larger than 16 KiB.' },
  'malformed-request': { status: 400, detail: 'The request is not valid HTTP, or its address cannot be read.' },
  'unsupported-media-type': {
    status: 415,
    detail: 'Send the body as Content-Type: application/json, in UTF-8 and not compressed.',
  },
  timeout: { status: 408, detail: 'The request did not arrive in time.' },
  'not-found': { status: 404, detail: 'There is no such call here: check the path and the verb.' },
  unavailable: { status: 503, detail: 'The database cannot be reached at the moment; try again.' },
  internal: { status: 500, detail: 'The gateway failed; its log says why.' },
};

export function problemOf(fault: TransportFault): Problem {
  return FAULTS[fault];
}

/** How the internal listener answers a request that reached none of its methods. */
export function answerFaultAsProblem(fault: TransportFault): RawAnswer {
  const problem = FAULTS[fault];
  return { status: problem.status, contentType: PROBLEM_CONTENT_TYPE, body: encodeProblem(problem) };
}
