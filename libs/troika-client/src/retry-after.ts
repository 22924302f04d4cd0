/** The longest a Retry-After is followed, in seconds: who asks for more is asked again after an hour. */
export const MOST_RETRY_AFTER_SECS = 3_600;

/** The three forms of a date in HTTP (RFC 9110, section 5.6.7): senders use the first, receivers must read all. */
const DATES: readonly RegExp[] = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/**
 * The `Retry-After` of an answer (RFC 9110, section 10.2.3): a number of seconds, or a date. A date is compared with
 * the answer's own `Date`, so that the two clocks need not agree; without one, with ours.
 *
 * @param headers of the answer, names in lower case
 * @param now milliseconds since 1970, by our clock
 * @returns whole seconds, an hour at most, 0 for a date that has passed; undefined for anything else, such as a
 *   negative number or a word
 */
export function readRetryAfter(
  headers: { readonly 'retry-after'?: string | undefined; readonly date?: string | undefined },
  now = Date.now(),
): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text), MOST_RETRY_AFTER_SECS);
  const until = readDate(text);
  if (until === undefined) return undefined;
  const secs = Math.ceil((until - (readDate(headers.date?.trim() ?? '') ?? now)) / 1_000);
  return Math.min(Math.max(secs, 0), MOST_RETRY_AFTER_SECS);
}

/** @returns milliseconds since 1970; undefined for an invalid HTTP date */
function readDate(text: string): number | undefined {
  if (!DATES.some((form) => form.test(text))) return undefined;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : at;
}
