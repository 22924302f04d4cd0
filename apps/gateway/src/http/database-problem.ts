import { TROUBLE_SENTENCES, type DatabaseTrouble } from '../storage/database-trouble.js';
import type { Problem } from './problem.js';

/** The type of every problem that is over once PostgreSQL is well again: the same call may then be made again. */
export const DATABASE_UNAVAILABLE = 'urn:vestibule:problem:database-unavailable';

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
  return {
    status: 503,
    type: DATABASE_UNAVAILABLE,
    title: 'Database unavailable',
    detail: `${TROUBLE_SENTENCES[trouble]} Make the same call again.`,
    members: { cause: trouble },
    retryAfterSecs: RETRY_AFTER_SECS[trouble],
  };
}
