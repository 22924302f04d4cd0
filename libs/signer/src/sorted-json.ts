/** No business message nests deeper; the limit protects the stack from a hostile body. */
const MAX_DEPTH = 64;

interface Member {
  readonly key: string;
  /** The key as it was written, with its quotes and escapes. */
  readonly keyText: string;
  readonly value: string;
}

/**
 * The JSON body without insignificant white space and with the members of every object in key order; lists keep their
 * order. Numbers and strings keep their exact text (`2800.00` stays `2800.00`), keys are ordered by their UTF-8 bytes.
 * Undefined when the body is not JSON in UTF-8, or is nested more than 64 deep.
 */
export function sortedJson(body: Uint8Array): string | undefined {
  const tokens = readTokens(body);
  return tokens === undefined ? undefined : valueText(tokens.values());
}

/**
 * The plain values of the body's root object in key order, joined without a separator: strings without quotes, numbers
 * as written, `true`, `false`, and empty for null. Objects and lists are omitted. `extra` is treated like a member of
 * the root and replaces one of the same name. Undefined when the body is not a JSON object, or has no plain values:
 * that signature would be the same for every request.
 */
export function sortedRootValues(
  body: Uint8Array,
  extra?: { readonly key: string; readonly value: Uint8Array },
): Uint8Array | undefined {
  const tokens = readTokens(body)?.values();
  if (tokens?.next().value !== '{') return undefined;
  const plain = membersOf(tokens).filter((member) => !/^[{[]/.test(member.value) && member.key !== extra?.key);
  if (plain.length === 0) return undefined;
  const values = plain.map((member) => ({ key: member.key, value: Buffer.from(plainText(member.value)) }));
  if (extra !== undefined) values.push({ key: extra.key, value: Buffer.from(extra.value) });
  return Buffer.concat(values.sort(byKey).map((entry) => entry.value));
}

/** The tokens of a valid JSON text, or nothing. `JSON.parse` is the judge of validity, so the rest may trust it. */
export function readTokens(body: Uint8Array): string[] | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const tokens: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    at = end;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return undefined;
    if (!WHITE_SPACE.has(token)) tokens.push(token);
  }
  return tokens;
}

const WHITE_SPACE = new Set([' ', '\t', '\n', '\r']);
const SINGLE = new Set([...WHITE_SPACE, '{', '}', '[', ']', ',', ':']);

function endOfToken(text: string, start: number): number {
  const first = text.charAt(start);
  let at = start + 1;
  if (SINGLE.has(first)) return at;
  if (first === '"') {
    while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
    return at + 1;
  }
  while (at < text.length && !SINGLE.has(text.charAt(at))) at += 1;
  return at;
}

function valueText(tokens: Iterator<string>, first = take(tokens)): string {
  if (first === '{') {
    const members = membersOf(tokens).sort(byKey);
    return `{${members.map((member) => `${member.keyText}:${member.value}`).join(',')}}`;
  }
  if (first === '[') return `[${itemsOf(tokens).join(',')}]`;
  return first;
}

/** The items of a list whose opening bracket has been taken. */
export function itemsOf(tokens: Iterator<string>): string[] {
  const items: string[] = [];
  for (let token = take(tokens); token !== ']'; token = take(tokens)) {
    if (token !== ',') items.push(valueText(tokens, token));
  }
  return items;
}

/** The members of an object whose opening brace has been taken, in the order they were written. */
export function membersOf(tokens: Iterator<string>): Member[] {
  const members: Member[] = [];
  for (let token = take(tokens); token !== '}'; token = take(tokens)) {
    if (token === ',') continue;
    take(tokens); // the colon
    members.push({ key: JSON.parse(token) as string, keyText: token, value: valueText(tokens) });
  }
  return members;
}

function take(tokens: Iterator<string>): string {
  const next = tokens.next();
  if (next.done === true) throw new Error('a JSON text that JSON.parse accepted ended early');
  return next.value;
}

/** A string without its quotes, anything else that is plain as it was written, and nothing for null. */
export function plainText(value: string): string {
  if (value === 'null') return '';
  return value.startsWith('"') ? (JSON.parse(value) as string) : value;
}

function byKey(left: { readonly key: string }, right: { readonly key: string }): number {
  return Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));
}
