/** What a fault does to the answer of a request. */
export type FaultedAnswer = 'given' | 'late' | 'refusal' | 'too-many-requests' | 'http-500' | 'cut' | 'none' | 'reset';

export type FaultMode =
  | 'none'
  | 'execute-and-timeout'
  | 'timeout'
  | 'reset-before'
  | 'reset-after'
  | 'http-500-before'
  | 'http-500-after'
  | 'malformed'
  | 'slow'
  | 'refuse'
  | 'throttle';

export interface Fault {
  /** Does the request have its effect, for instance: is the order paid? */
  readonly executes: boolean;
  readonly answer: FaultedAnswer;
}

/** Every fault the stand-in can simulate, and whether the request is executed, which the caller cannot know. */
// prettier-ignore
export const FAULTS: Readonly<Record<FaultMode, Fault>> = {
  'none':                { executes: true,  answer: 'given' },
  'execute-and-timeout': { executes: true,  answer: 'none' },
  'timeout':             { executes: false, answer: 'none' },
  'reset-before':        { executes: false, answer: 'reset' },
  'reset-after':         { executes: true,  answer: 'reset' },
  'http-500-before':     { executes: false, answer: 'http-500' },
  'http-500-after':      { executes: true,  answer: 'http-500' },
  'malformed':           { executes: true,  answer: 'cut' },
  'slow':                { executes: true,  answer: 'late' },
  'refuse':              { executes: false, answer: 'refusal' },
  'throttle':            { executes: false, answer: 'too-many-requests' },
};

/** The modes that are faults, in the order of the table. `mixed` draws one of them, each as likely as any other. */
export const REAL_FAULTS: readonly FaultMode[] = (Object.keys(FAULTS) as FaultMode[]).filter((mode) => mode !== 'none');
