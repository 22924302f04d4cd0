import { problem, ProblemError } from '../../http/problem.js';

/** Why a file as a whole cannot be read; the operators' page has a sentence for each in its own language. */
export type FileFault = 'damaged' | 'empty' | 'columns' | 'too-many-lines';

/** 422 with the fault as the member `reason`. */
export function fileFault(reason: FileFault, detail: string): ProblemError {
  return new ProblemError(problem('file-unreadable', detail, { members: { reason } }));
}
