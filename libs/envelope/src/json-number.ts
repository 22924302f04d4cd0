/** The number grammar of RFC 8259, section 6. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A number of a JSON text, with its exact text.
 *
 * A JavaScript number would round an id beyond 2^53 and lose the decimals of `2800.00`. This class never rounds: `text`
 * is the number, and `toNumber()` is the caller's decision to lose precision.
 */
export class JsonNumber {
  /** The exact characters of the number, e.g. `9007199254740993` or `2800.00`. */
  readonly text: string;

  /**
   * @param text a number as RFC 8259 writes it: no leading `+`, no leading zeros, no bare point
   * @throws TypeError when the text is not such a number (a bug of the caller; the text is not repeated)
   */
  constructor(text: string) {
    if (!JSON_NUMBER.test(text)) throw new TypeError('not the text of a JSON number');
    this.text = text;
  }

  /** The nearest JavaScript number, exactly what `JSON.parse` would have given; beyond 1.8e308 it is infinite. */
  toNumber(): number {
    return Number(this.text);
  }

  /** The exact text, so that a template literal or a key keeps every digit. */
  toString(): string {
    return this.text;
  }

  /** What `JSON.stringify` writes: the rounded number. For the exact text use `stringifyJson`. */
  toJSON(): number {
    return this.toNumber();
  }
}
