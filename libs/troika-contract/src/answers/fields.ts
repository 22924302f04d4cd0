import { JsonNumber, type JsonObject, type JsonValue, isJsonObject } from '@vestibule/envelope';

/**
 * The result of reading an answer's body: the typed value, or a sentence on why it cannot be used. `oddities` has a
 * sentence for each field whose form is not the contract's; the rest of the value is valid.
 */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; /** Absent when there are none. */ readonly oddities?: readonly string[] }
  | { readonly ok: false; readonly detail: string };

/**
 * Reads the body of an answer that came with resultCode 0. Each field is read separately: a wrong one does not affect
 * the others. Only an essential field – `id`, `money`, `entries` – makes the reading fail.
 *
 * @param body the body of the envelope; absent and `[]` are both undefined there and read as no fields
 * @param build reads the fields it needs
 */
export function readBody<T>(body: JsonObject | undefined, build: (fields: Fields) => T): Reading<T> {
  const fields = new Fields(body ?? {}, '');
  const value = build(fields);
  const [detail] = fields.faults;
  if (detail !== undefined) return { ok: false, detail };
  return fields.oddities.length === 0 ? { ok: true, value } : { ok: true, value, oddities: fields.oddities };
}

/** What a number looks like when it is sent as a text. */
const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** The longest accepted id, in characters: ids are stored in indexes. */
const MOST_ID = 100;

/** A list whose entries are read separately. */
export interface EntryList<T> {
  readonly entries: T[];
  /** False when something was sent that could not be read as an entry. */
  readonly isWhole: boolean;
}

/**
 * Tolerant access to the fields of one object of an answer (troika-business.md, "Traps"): ids and money come as numbers
 * or texts and stay the exact text; an optional field may be absent, null or empty. Faults and oddities name the field,
 * never its value.
 */
export class Fields {
  /** Why the object cannot be used. */
  readonly faults: string[] = [];
  /** Oddities, which affect nothing else. */
  readonly oddities: string[] = [];

  constructor(
    private readonly object: JsonObject,
    private readonly pointer: string,
  ) {}

  /** An id without which the object is not known: the exact digits or text of it. */
  id(name: string): string {
    const value = this.get(name);
    const text = value === undefined ? undefined : scalarText(value);
    if (text !== undefined && text.length <= MOST_ID) return text;
    if (value === undefined) this.fault(name, 'is missing');
    else this.fault(name, text === undefined ? 'is neither a text nor a number' : 'is longer than any id');
    return '';
  }

  optionalId(name: string): string | undefined {
    return this.text(name);
  }

  /** An essential amount, as its exact text: `2800`, `2800.5`, `2800.00`. */
  money(name: string): string {
    const text = this.id(name);
    if (text !== '' && !DECIMAL.test(text)) this.fault(name, 'is not a number');
    return text;
  }

  /** An amount as its exact text, even if it is not a number: `2 800,00`. */
  optionalMoney(name: string): string | undefined {
    const text = this.text(name);
    if (text !== undefined && !DECIMAL.test(text)) this.odd(name, 'is not a number');
    return text;
  }

  /** An expected amount; its absence affects nothing else. */
  expectedMoney(name: string): string | undefined {
    if (this.get(name) === undefined) return this.odd(name, 'is missing');
    return this.optionalMoney(name);
  }

  /** A text, or the exact text of a number; undefined when absent, null, empty or neither. */
  text(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    return scalarText(value) ?? this.odd(name, 'is neither a text nor a number');
  }

  /** A small whole number such as a quantity or days; `1.0` counts as whole. */
  count(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const count = Number(text);
    return Number.isSafeInteger(count) ? count : this.odd(name, 'is not a whole number');
  }

  /** A yes or no as true/false, 1/0 or the text of either; absent is no, and undefined is neither. */
  flag(name: string): boolean | undefined {
    const value = this.get(name);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    const text = scalarText(value)?.toLowerCase();
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    return this.odd(name, 'is neither true nor false');
  }

  /** Several words, as a list or as one comma-separated text; other values are omitted. */
  words(name: string): string[] {
    const value = this.get(name);
    if (value === undefined) return [];
    const parts = Array.isArray(value) ? value.map(scalarText) : scalarText(value)?.split(',');
    if (parts === undefined || parts.includes(undefined)) this.odd(name, 'is not a list of words');
    return (parts ?? []).map((part) => (part ?? '').trim()).filter((part) => part !== '');
  }

  /** The list of objects in the answer; absent and null are an empty list. An odd entry is omitted. */
  entries<T>(name: string, build: (fields: Fields) => T): T[] {
    const value = this.get(name);
    if (value !== undefined && !Array.isArray(value)) this.fault(name, 'is not a list');
    return this.listOf(name, value, build).entries;
  }

  /** A list of objects among other fields. */
  optionalEntries<T>(name: string, build: (fields: Fields) => T): EntryList<T> {
    const value = this.get(name);
    if (value !== undefined && !Array.isArray(value)) this.odd(name, 'is not a list');
    return this.listOf(name, value, build);
  }

  private listOf<T>(name: string, value: JsonValue | undefined, build: (fields: Fields) => T): EntryList<T> {
    if (!Array.isArray(value)) return { entries: [], isWhole: value === undefined };
    const entries = value.flatMap((entry, index) => {
      const pointer = `${this.pointer}/${name}/${index}`;
      if (!isJsonObject(entry)) {
        this.oddities.push(`${pointer} is not an object`);
        return [];
      }
      const fields = new Fields(entry, pointer);
      const built = build(fields);
      this.oddities.push(...fields.faults, ...fields.oddities);
      return fields.faults.length === 0 ? [built] : [];
    });
    return { entries, isWhole: entries.length === value.length };
  }

  private get(name: string): JsonValue | undefined {
    const value = Object.hasOwn(this.object, name) ? this.object[name] : undefined;
    return value === null || value === '' ? undefined : value;
  }

  private fault(name: string, what: string): void {
    this.faults.push(`${this.pointer}/${name} ${what}`);
  }

  private odd(name: string, what: string): undefined {
    this.oddities.push(`${this.pointer}/${name} ${what}`);
    return undefined;
  }
}

function scalarText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof JsonNumber ? value.text : undefined;
}
