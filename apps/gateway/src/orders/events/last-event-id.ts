import { problem, ProblemError } from '../../http/problem.js';
import { format } from '../../http/schema/formats.js';
import { queryReader } from '../../http/schema/read-request.js';
import { optional, request } from '../../http/schema/schema.js';

/** What an id of the history can be. */
const EVENT_ID = /^\d{1,18}$/;
const MUST = 'Must be the id of an event of this order: digits.';
export const eventId = format('event-id', EVENT_ID, MUST);

/** What the stream of events takes. */
export const EVENT_QUERY = request({
  after: optional(eventId('As Last-Event-ID, for the first connection; the header goes before it.')),
});
const read = queryReader(EVENT_QUERY);

/**
 * Behind which event a stream begins: the header `Last-Event-ID`, which a browser sends when it comes back, or
 * `after` of the query, for its first connection.
 *
 * @returns `'0'`, the beginning, when neither is there
 * @throws ProblemError 400 or 422 when it is no id
 */
export function readLastEventId(header: readonly string[] = [], query: unknown): string {
  const { after } = read(query);
  // The standard's reader sends it empty after an event without an id, which means: from the beginning.
  const [id, ...others] = header.filter((value) => value !== '');
  if (id === undefined) return after ?? '0';
  if (others.length > 0 || !EVENT_ID.test(id)) {
    throw new ProblemError(problem('malformed-last-event-id', `The header Last-Event-ID: ${MUST}`));
  }
  return id;
}
