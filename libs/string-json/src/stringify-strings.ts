import { formOf, type Present, toForm } from './json-form.js';
import { MAX_DEPTH, type NullStyle, type StringJsonOptions } from './options.js';
import { quote } from './quote.js';
import type { Step } from './string-json-error.js';
import { refuse, writeDate, writeScalar } from './write-scalar.js';

/**
 * Writes any answer value as compact JSON whose every elementary field is a string (koshelek-loyalty.md, "Every
 * method").
 *
 * - A number is plain decimal, never with an exponent: `1e21` is `"1000000000000000000000"`, `-0` is `"0"`.
 * - A boolean is `"true"` or `"false"`, a bigint its digits, a Date ISO 8601 in UTC.
 * - `undefined` and `null` are left out or written `""`: see `StringJsonOptions`. **A whole value of `undefined` or
 *   `null` gives an empty text**, because "nothing to return" is an answer with an empty body.
 * - An object of any class gives its own enumerable string keys in their order; `__proto__` is a key like any.
 * - An object with `toJSON` is asked for its form, as by `JSON.stringify`.
 * - Refused: `NaN`, infinities, functions, symbols, invalid Dates, and objects without an obvious JSON form – Map, Set,
 *   RegExp, Error, Promise, typed arrays and Buffer, boxed primitives – unless they have a `toJSON` (bytes are refused
 *   even so: encode them first). Also cycles and more than 64 levels of nesting. The same object twice is fine.
 *
 * @returns JSON, or `''` for `undefined` and `null`
 * @throws StringJsonError with the path of the refused value, e.g. `$.card.bonuses[2].amount`; errors of getters and of
 *   `toJSON` pass through
 */
export function stringifyStrings(value: unknown, options: StringJsonOptions = {}): string {
  return new StringJsonWriter(options.nulls ?? 'omit').writeWhole(value);
}

/** One run over one value. `steps` and `ancestors` hold the path to the current value, one entry per level. */
class StringJsonWriter {
  private readonly steps: Step[] = [];
  private readonly ancestors: object[] = [];

  constructor(private readonly nulls: NullStyle) {}

  writeWhole(value: unknown): string {
    const form = toForm(value, '');
    return form === undefined || form === null ? '' : this.write(form, 0);
  }

  private write(value: Present, depth: number): string {
    if (typeof value !== 'object') return writeScalar(value, this.steps, depth);
    const form = formOf(value);
    if (form === 'none') return refuse('no-json-form', this.steps, depth);
    if (form === 'date') return writeDate(value as Date, this.steps, depth);
    this.enter(value, depth);
    return form === 'array' ? this.writeArray(value as unknown[], depth) : this.writeObject(value, depth);
  }

  private enter(value: object, depth: number): void {
    // What an earlier branch left at deeper levels is no ancestor of this value.
    this.ancestors.length = depth;
    if (this.ancestors.includes(value)) refuse('cycle', this.steps, depth);
    if (depth >= MAX_DEPTH) refuse('too-deep', this.steps, depth);
    this.ancestors.push(value);
  }

  private writeArray(array: readonly unknown[], depth: number): string {
    let text = '';
    for (let index = 0; index < array.length; index += 1) {
      this.steps[depth] = index;
      const form = toForm(array[index], String(index));
      if (form !== undefined && form !== null) {
        text += (text === '' ? '' : ',') + this.write(form, depth + 1);
      } else if (this.nulls === 'empty') {
        text += text === '' ? '""' : ',""';
      }
    }
    return `[${text}]`;
  }

  private writeObject(object: object, depth: number): string {
    let text = '';
    for (const key of Object.keys(object)) {
      this.steps[depth] = key;
      const form = toForm((object as Record<string, unknown>)[key], key);
      if (form === undefined || (form === null && this.nulls === 'omit')) continue;
      text += `${text === '' ? '' : ','}${quote(key)}:${form === null ? '""' : this.write(form, depth + 1)}`;
    }
    return `{${text}}`;
  }
}
