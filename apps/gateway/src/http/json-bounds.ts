/** Far deeper than any real body, far from the end of the stack that what walks over a body stands on. */
export const MAX_DEPTH = 32;

/**
 * Values, keys and brackets of one body: a thousand orders, each with its metadata at its largest, have far fewer. Parsing
 * and checking takes time by these rather than by bytes.
 */
export const MAX_TOKENS = 500_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * What a JSON text has too much of to be parsed; undefined if nothing. It looks at each byte once, and keeps nothing.
 *
 * @param json in UTF-8, valid or not: what is no JSON is the parser's to refuse
 */
export function findExcess(
  json: Uint8Array,
  { depth: maxDepth, tokens: maxTokens } = { depth: MAX_DEPTH, tokens: MAX_TOKENS },
): 'depth' | 'tokens' | undefined {
  let depth = 0;
  let tokens = 1;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (byte === QUOTE) {
      at = endOfString(json, at);
    } else if (byte === COMMA || byte === COLON) {
      tokens += 1;
    } else if (OPENING.includes(byte)) {
      tokens += 1;
      depth += 1;
      if (depth > maxDepth) return 'depth';
    } else if (CLOSING.includes(byte)) {
      depth -= 1;
    }
    if (tokens > maxTokens) return 'tokens';
  }
  return undefined;
}

function endOfString(json: Uint8Array, begin: number): number {
  let at = begin + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}
