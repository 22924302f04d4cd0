/**
 * Whether an object in a JSON text has the same key twice. `JSON.parse` would quietly keep the last of the two values,
 * and other readers the first.
 *
 * @param json a text that `JSON.parse` takes
 */
export function hasDuplicateKey(json: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case OBJECT_BEGIN:
        open.push(new Set());
        break;
      case ARRAY_BEGIN:
        open.push(undefined);
        break;
      case OBJECT_END:
      case ARRAY_END:
        open.pop();
        break;
      case QUOTE: {
        const end = endOfString(json, at);
        if (isKey(json, end)) {
          const key = keyBetween(json, at, end);
          const keys = open.at(-1);
          if (keys?.has(key) === true) return true;
          keys?.add(key);
        }
        at = end;
        break;
      }
    }
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const BLANK = 0x20;
const ARRAY_BEGIN = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT_BEGIN = 0x7b;
const OBJECT_END = 0x7d;

/** Where the string that begins at a quote has its other one. */
export function endOfString(json: string, begin: number): number {
  for (let end = json.indexOf('"', begin + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}

/** A string in front of a colon is a key; what may stand between the two is not above a blank. */
function isKey(json: string, end: number): boolean {
  let next = end + 1;
  while (json.charCodeAt(next) <= BLANK) next += 1;
  return json.charCodeAt(next) === COLON;
}

/** `"ph\u006fne"` is the key `phone`. */
function keyBetween(json: string, begin: number, end: number): string {
  const written = json.slice(begin + 1, end);
  return written.includes('\\') ? (JSON.parse(json.slice(begin, end + 1)) as string) : written;
}
