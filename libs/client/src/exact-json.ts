/** Strings and numbers of a JSON text; everything else of it needs no look. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Up to so many digits, a JavaScript number equals the written one. */
const EXACT_DIGITS = 15;

/**
 * Reads JSON without losing digits: a number that JavaScript cannot hold – an id beyond 2^53, a decimal with twenty
 * digits – is returned as its text.
 *
 * @throws SyntaxError for text that is not JSON
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!/[\d.]{16}|\d[eE]/.test(text)) return value;
  const exact = text.replaceAll(TOKENS, (token) => (token.startsWith('"') || isExact(token) ? token : `"${token}"`));
  return exact === text ? value : (JSON.parse(exact) as unknown);
}

function isExact(token: string): boolean {
  const number = Number(token);
  if (!Number.isFinite(number)) return false;
  if (String(number) === token) return true;
  const digits = /^-?([\d.]*)/.exec(token)?.[1]?.replace('.', '').replace(/^0+/, '') ?? '';
  // A number of few digits is exact enough, unless it underflowed to 0.
  return digits.length <= EXACT_DIGITS && (number !== 0 || digits === '');
}
