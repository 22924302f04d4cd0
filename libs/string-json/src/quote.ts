// Matches what must be escaped: control characters, quotes, backslashes, U+2028 and U+2029 (legal in JSON,
// but the end of a line in older JavaScript), and surrogates, which may be lone.
const NEEDS_CARE = /[^ !#-[\]-\u2027\u202a-\ud7ff\ue000-\uffff]/;
const LINE_SEPARATORS = /[\u2028\u2029]/g;

/**
 * Writes a text as a JSON string: quotes, backslashes and control characters are escaped, U+2028, U+2029 and lone
 * surrogates become `\u` escapes (so that the text is always valid UTF-8), all else is written unchanged.
 */
export function quote(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(LINE_SEPARATORS, (character) =>
    character === '\u2028' ? String.raw`\u2028` : String.raw`\u2029`,
  );
}
