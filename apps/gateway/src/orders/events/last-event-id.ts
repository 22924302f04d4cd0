import { FieldReader } from '../../http/field-reader.js';
import { ProblemError } from '../../http/problem.js';

/** What an id of the history can be. */
const EVENT_ID = /^\d{1,18}$/;
const MUST = 'Must be the id of an event of this order: digits.';

/**
 * Behind which event a stream begins: the header `Last-Event-ID`, which a browser sends when it comes back, or
 * `lastEventId` of the query, for its first connection.
 *
 * @returns `'0'`, the beginning, when neither is there
 * @throws ProblemError 400 or 422 when it is no id
 */
export function readLastEventId(header: readonly string[] = [], query: unknown): string {
  const reader = new FieldReader(query, 'query', ['lastEventId']);
  const fromQuery = reader.matching('lastEventId', EVENT_ID, MUST);
  reader.refuseFaults();
  // The standard's reader sends it empty after an event without an id, which means: from the beginning.
  const [id, ...others] = header.filter((value) => value !== '');
  if (id === undefined) return fromQuery ?? '0';
  if (others.length > 0 || !EVENT_ID.test(id)) {
    throw new ProblemError({ status: 400, detail: `The header Last-Event-ID: ${MUST}` });
  }
  return id;
}
