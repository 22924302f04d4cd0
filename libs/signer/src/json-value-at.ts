import { membersOf, plainText, readTokens, itemsOf } from './sorted-json.js';

/**
 * The plain value at a path of the JSON body, as text: a string without quotes, a number with its exact text, `true` or
 * `false`; empty for null and for an absent field.
 *
 * @param path names of members and indexes of lists, from the root
 * @returns undefined when the body is not JSON in UTF-8, or has an object or a list at that path
 */
export function jsonValueAt(body: Uint8Array, path: readonly string[]): string | undefined {
  const tokens = readTokens(body);
  if (tokens === undefined) return undefined;
  let value = tokens.join('');
  for (const name of path) {
    const inner = valueIn(value, name);
    if (inner === undefined) return '';
    value = inner;
  }
  return /^[{[]/.test(value) ? undefined : plainText(value);
}

/** Of two members of one name the last one counts, as for every reader of JSON. */
function valueIn(json: string, name: string): string | undefined {
  const tokens = (readTokens(Buffer.from(json)) ?? []).values();
  switch (tokens.next().value) {
    case '{':
      return membersOf(tokens).findLast(({ key }) => key === name)?.value;
    case '[':
      return /^\d+$/.test(name) ? itemsOf(tokens)[Number(name)] : undefined;
    default:
      return undefined;
  }
}
