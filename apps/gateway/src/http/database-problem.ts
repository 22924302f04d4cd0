import { TROUBLE_SENTENCES, type DatabaseTrouble } from '../storage/database-trouble.js';
import { problem, type Problem } from './problem.js';

/** How soon a call is worth making again, in seconds: some troubles pass by themselves, others wait for a person. */
const RETRY_AFTER_SECS: Readonly<Record<DatabaseTrouble, number>> = {
  'out-of-reach': 1,
  'read-only': 10,
  'disk-full': 10,
  'out-of-resources': 5,
  'too-many-connections': 2,
  'took-too-long': 5,
  conflict: 1,
};

/** What a call is answered that the database could not serve: 503, with its cause by name. */
export function databaseProblem(trouble: DatabaseTrouble): Problem & { readonly retryAfterSecs: number } {
  const detail = `${TROUBLE_SENTENCES[trouble]} Make the same call again.`;
  return {
    ...problem('database-unavailable', detail, { members: { cause: trouble } }),
    retryAfterSecs: RETRY_AFTER_SECS[trouble],
  };
}
