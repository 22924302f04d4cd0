/** A name that can be repeated in a ledger, a log and a header. */
const SOUND = /^[\w.:-]{1,128}$/;

/**
 * The `X-Request-Id` of an answer: the partner's name for the call, by which its people find it. The contract does not
 * speak of it, so it is kept when it is there.
 *
 * @param headers of the answer, names in lower case
 * @returns undefined without one, or if it is longer or of other characters than such a name needs
 */
export function readRequestId(headers: Readonly<Record<string, unknown>>): string | undefined {
  const text = headers['x-request-id'];
  return typeof text === 'string' && SOUND.test(text) ? text : undefined;
}
