import { JsonNumber, type JsonObject, type JsonValue, isJsonObject } from '@vestibule/envelope';

/** What a reader makes of an answer's body: the typed value, or one sentence on why it is not what it should be. */
export type Reading<T> = { ok: true; value: T } | { ok: false; detail: string };

/**
 * Reads the body of an answer that came with resultCode 0.
 *
 * @param body the body as the envelope gave it; absent and `[]` are both undefined there and read as no fields at all
 * @param build takes the fields it needs; the first one that is missing or of a wrong form becomes the detail
 */
export function readBody<T>(body: JsonObject | undefined, build: (fields: Fields) => T): Reading<T> {
  const faults: string[] = [];
  const value = build(new Fields(body ?? {}, '', faults));
  const [detail] = faults;
  return detail === undefined ? { ok: true, value } : { ok: false, detail };
}

/** What a number looks like when it is sent as a text. */
const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Tolerant access to the fields of one object of an answer (troika-business.md, "Traps"): ids and money come as numbers
 * or texts and stay the exact text; an optional field may be absent, null or empty. Details name the field, never its
 * value.
 */
export class Fields {
  constructor(
    private readonly object: JsonObject,
    private readonly pointer: string,
    private readonly faults: string[],
  ) {}

  /** An id that must be there: the exact digits or text of it. */
  id(name: string): string {
    return this.optionalId(name) ?? this.missing(name);
  }

  optionalId(name: string): string | undefined {
    return this.text(name);
  }

  /** An amount that must be there, as the exact text that came: `2800`, `2800.5`, `2800.00`. */
  money(name: string): string {
    return this.optionalMoney(name) ?? this.missing(name);
  }

  optionalMoney(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || DECIMAL.test(text)) return text;
    return this.fault(name, 'is not a number');
  }

  /** A text, or the exact text of a number; undefined when absent, null or empty. */
  text(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    return scalarText(value) ?? this.fault(name, 'is neither a text nor a number');
  }

  /** A small whole number such as a quantity or days; `1.0` counts as whole. */
  count(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const count = Number(text);
    return Number.isSafeInteger(count) ? count : this.fault(name, 'is not a whole number');
  }

  /** A yes or no as true/false, 1/0 or the text of either; absent is no. */
  flag(name: string): boolean {
    const value = this.get(name);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    const text = scalarText(value)?.toLowerCase();
    if (text === 'true' || text === '1') return true;
    if (text !== 'false' && text !== '0') this.fault(name, 'is neither true nor false');
    return false;
  }

  /** Several words, as a list or as one comma-separated text. */
  words(name: string): string[] {
    const value = this.get(name);
    if (value === undefined) return [];
    const parts = Array.isArray(value) ? value.map(scalarText) : scalarText(value)?.split(',');
    if (parts === undefined || parts.includes(undefined)) this.fault(name, 'is not a list of words');
    return (parts ?? []).map((part) => (part ?? '').trim()).filter((part) => part !== '');
  }

  /** A list of objects; absent and null are an empty one. */
  list<T>(name: string, build: (fields: Fields) => T): T[] {
    const value = this.get(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.fault(name, 'is not a list');
      return [];
    }
    return value.flatMap((entry, index) => {
      if (isJsonObject(entry)) return [build(new Fields(entry, `${this.pointer}/${name}/${index}`, this.faults))];
      this.fault(`${name}/${index}`, 'is not an object');
      return [];
    });
  }

  private get(name: string): JsonValue | undefined {
    const value = Object.hasOwn(this.object, name) ? this.object[name] : undefined;
    return value === null || value === '' ? undefined : value;
  }

  private missing(name: string): string {
    this.fault(name, 'is missing');
    return '';
  }

  private fault(name: string, what: string): undefined {
    this.faults.push(`${this.pointer}/${name} ${what}`);
    return undefined;
  }
}

function scalarText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof JsonNumber ? value.text : undefined;
}
