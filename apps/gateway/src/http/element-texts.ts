import { endOfString } from './duplicate-key.js';

/**
 * The texts of the elements of the first list in a JSON text, one after the other: a list of many megabytes is read in
 * pieces.
 *
 * @param json a text that `JSON.parse` takes, with no `[` before the list
 */
export function* elementTexts(json: string): Generator<string, void> {
  const begin = json.indexOf('[') + 1;
  if (begin === 0) return;
  let from = begin;
  let depth = 0;
  for (let at = begin; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case OBJECT_BEGIN:
      case ARRAY_BEGIN:
        depth += 1;
        break;
      case COMMA:
        if (depth > 0) break;
        yield json.slice(from, at);
        from = at + 1;
        break;
      case OBJECT_END:
      case ARRAY_END:
        depth -= 1;
        if (depth >= 0) break;
        if (json.slice(begin, at).trim() !== '') yield json.slice(from, at);
        return;
    }
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const ARRAY_BEGIN = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT_BEGIN = 0x7b;
const OBJECT_END = 0x7d;
