import { t } from '../text/t.js';

/** An error: problem details of the gateway (RFC 9457), or our own when it gave none. */
export interface Problem {
  /** 0: no answer. */
  readonly status: number;
  readonly detail: string;
  /** By field, for a form. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Reads an error's body; any body gives something to show. */
export function readProblem(status: number, text: string): Problem {
  try {
    const { detail, errors = [] } = JSON.parse(text) as {
      detail?: unknown;
      errors?: readonly { pointer: string; detail: string }[];
    };
    if (typeof detail !== 'string') return unreadable(status);
    const fields = errors.map((fault) => [fault.pointer.replace(/^\//, ''), fault.detail] as const);
    return { status, detail, fields: Object.fromEntries(fields) };
  } catch {
    // A proxy's page instead of our answer.
    return unreadable(status);
  }
}

function unreadable(status: number): Problem {
  return { status, detail: t('call.unreadable', { status }), fields: {} };
}
