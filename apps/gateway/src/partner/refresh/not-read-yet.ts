import { problem, ProblemError } from '../../http/problem.js';

/** When the first reading may be available. */
const RETRY_AFTER_SECS = 5;

/** The answer of a call whose data no process has read yet. @param what begins the sentence */
export function notReadYet(what: string): ProblemError {
  const detail = `${what} was not read from Тройка Бизнес yet. The gateway continues asking for it; try again soon.`;
  return new ProblemError(problem('not-read-yet', detail), { 'retry-after': String(RETRY_AFTER_SECS) });
}
