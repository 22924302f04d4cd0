/** What went wrong, as the gateway says it (RFC 9457) or as we must say it for it. */
export interface Problem {
  /** 0: no answer at all. */
  readonly status: number;
  readonly detail: string;
  /** By field, for a form. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Reads an error's body; whatever it is, something can be shown. */
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
  return { status, detail: `The gateway answered ${status}; its log may say why.`, fields: {} };
}
