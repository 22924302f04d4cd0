import { JsonNumber } from './json-number.js';
import { type JsonObject, type JsonValue, MAX_JSON_DEPTH } from './json-value.js';

/** Why a text is not JSON. The message names a position and what the grammar expects there, never the text itself. */
export interface JsonSyntaxError {
  /** Where in the text, counted in UTF-16 code units from 0; the length of the text when it ended too early. */
  readonly position: number;
  /** For people, e.g. `expected a value at position 12`. */
  readonly message: string;
}

/** What `parseJson` gives back. */
export type ParsedJson = { ok: true; value: JsonValue } | { ok: false; error: JsonSyntaxError };

/**
 * Reads a JSON text strictly by RFC 8259, and keeps the exact text of every number.
 *
 * It accepts and refuses the same texts as `JSON.parse`, and gives the same value once each number is converted by
 * `toNumber()`: of duplicate keys the last one wins, a `__proto__` key is plain data, a lone surrogate is kept. The one
 * difference is that it refuses more than 64 levels of nesting, so that no text can exhaust the stack.
 *
 * @param text the whole text; whitespace around the value is fine, a byte order mark is not
 */
export function parseJson(text: string): ParsedJson {
  return new JsonReader(text).read();
}

// The same grammar as JsonNumber's, but matched at a position inside the text.
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WHITESPACE = /[ \t\n\r]*/y;
const FOUR_HEX_DIGITS = /^[\dA-Fa-f]{4}$/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * Recursive descent over one text. Each rule starts at `position` and moves it after what it read; a rule that
 * fails gives undefined (which no JSON value is) and leaves the reason in `fault`.
 */
class JsonReader {
  private position = 0;
  private fault: JsonSyntaxError = { position: 0, message: '' };

  constructor(private readonly text: string) {}

  read(): ParsedJson {
    const value = this.value(0);
    if (value === undefined) return { ok: false, error: this.fault };
    this.skipWhitespace();
    if (this.position < this.text.length) {
      this.fail('expected nothing after the value');
      return { ok: false, error: this.fault };
    }
    return { ok: true, value };
  }

  private value(depth: number): JsonValue | undefined {
    this.skipWhitespace();
    switch (this.text.charAt(this.position)) {
      case '{':
        return depth < MAX_JSON_DEPTH ? this.object(depth + 1) : this.tooDeep();
      case '[':
        return depth < MAX_JSON_DEPTH ? this.array(depth + 1) : this.tooDeep();
      case '"':
        return this.string();
      case 't':
        return this.literal('true', true);
      case 'f':
        return this.literal('false', false);
      case 'n':
        return this.literal('null', null);
      default:
        return this.number();
    }
  }

  private object(depth: number): JsonObject | undefined {
    const object: JsonObject = {};
    this.position += 1;
    this.skipWhitespace();
    if (this.take('}')) return object;
    for (;;) {
      this.skipWhitespace();
      if (this.text[this.position] !== '"') return this.fail('expected a key in double quotes');
      const key = this.string();
      if (key === undefined) return undefined;
      this.skipWhitespace();
      if (!this.take(':')) return this.fail('expected ":" after a key');
      const value = this.value(depth);
      if (value === undefined) return undefined;
      setField(object, key, value);
      this.skipWhitespace();
      if (this.take('}')) return object;
      if (!this.take(',')) return this.fail('expected "," or "}"');
    }
  }

  private array(depth: number): JsonValue[] | undefined {
    const array: JsonValue[] = [];
    this.position += 1;
    this.skipWhitespace();
    if (this.take(']')) return array;
    for (;;) {
      const value = this.value(depth);
      if (value === undefined) return undefined;
      array.push(value);
      this.skipWhitespace();
      if (this.take(']')) return array;
      if (!this.take(',')) return this.fail('expected "," or "]"');
    }
  }

  private string(): string | undefined {
    let read = '';
    let plainFrom = this.position + 1;
    let at = plainFrom;
    while (at < this.text.length) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) {
        this.position = at + 1;
        return read + this.text.slice(plainFrom, at);
      }
      if (code < FIRST_PRINTABLE) return this.fail('expected no bare control character in a string', at);
      if (code === BACKSLASH) {
        const escape = this.escape(at + 1);
        if (escape === undefined) return undefined;
        read += this.text.slice(plainFrom, at) + escape.meaning;
        at = escape.end;
        plainFrom = at;
      } else {
        at += 1;
      }
    }
    return this.fail('expected the end of a string', at);
  }

  /** Reads what follows a backslash; `at` is the first character after it. */
  private escape(at: number): { meaning: string; end: number } | undefined {
    const letter = this.text[at] ?? '';
    const meaning = ESCAPES.get(letter);
    if (meaning !== undefined) return { meaning, end: at + 1 };
    if (letter !== 'u') return this.fail('expected an escape of JSON after a backslash', at);
    const digits = this.text.slice(at + 1, at + 5);
    if (!FOUR_HEX_DIGITS.test(digits)) return this.fail('expected four hexadecimal digits', at + 1);
    return { meaning: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 5 };
  }

  private number(): JsonNumber | undefined {
    NUMBER.lastIndex = this.position;
    const match = NUMBER.exec(this.text);
    if (match === null) return this.fail('expected a value');
    this.position = NUMBER.lastIndex;
    return new JsonNumber(match[0]);
  }

  private literal<T extends JsonValue>(word: string, value: T): T | undefined {
    if (!this.text.startsWith(word, this.position)) return this.fail('expected a value');
    this.position += word.length;
    return value;
  }

  private skipWhitespace(): void {
    WHITESPACE.lastIndex = this.position;
    WHITESPACE.test(this.text);
    this.position = WHITESPACE.lastIndex;
  }

  private take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  private tooDeep(): undefined {
    return this.fail(`expected at most ${MAX_JSON_DEPTH} levels of nesting`);
  }

  private fail(expectation: string, position: number = this.position): undefined {
    const end = position >= this.text.length ? ', where the text ends' : '';
    this.fault = { position, message: `${expectation} at position ${position}${end}` };
    return undefined;
  }
}

/** Assigning to `__proto__` would set the prototype; defining it makes a field, as `JSON.parse` does. */
function setField(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}
