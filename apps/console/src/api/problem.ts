import { t } from '../text/t.js';

/** An error: problem details of the gateway (RFC 9457), or our own when it gave none. */
export interface Problem {
  /** 0: no answer. */
  readonly status: number;
  readonly detail: string;
  /** A word for the kind of problem, where the page has a sentence of its own for it. */
  readonly reason?: string;
  /** By field, for a form. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly ok: false;
  readonly problem: Problem;
}
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

/** Reads an error's body; any body gives something to show. */
export function readProblem(status: number, text: string): Problem {
  try {
    const {
      detail,
      reason,
      errors = [],
    } = JSON.parse(text) as {
      detail?: unknown;
      reason?: unknown;
      errors?: readonly { pointer: string; detail: string }[];
    };
    if (typeof detail !== 'string') return unreadable(status);
    const fields = errors.map((fault) => [fault.pointer.replace(/^\//, ''), fault.detail] as const);
    const word = typeof reason === 'string' ? { reason } : {};
    return { status, detail, ...word, fields: Object.fromEntries(fields) };
  } catch {
    // A proxy's page instead of our answer.
    return unreadable(status);
  }
}

function unreadable(status: number): Problem {
  return { status, detail: t('call.unreadable', { status }), fields: {} };
}
