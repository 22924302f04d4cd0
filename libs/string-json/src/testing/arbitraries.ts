import * as fc from 'fast-check';

// Any single UTF-16 unit, so lone surrogates too, and more of those that need care.
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom('"', '\\', '\n', '\u0000', '\u2028', '\u2029', '\ud83d', '\ude00', 'ж'),
);

/** Any text at all. */
export const anyText = fc.string({ unit, maxLength: 8 });

/** Any key, the dangerous ones often. */
export const anyKey = fc.oneof(
  anyText,
  fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0', '10', ''),
);

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 1e21, -1e21, 1e-7, 123e-20, 1.5e300, Number.MAX_VALUE, Number.MIN_VALUE),
);

/** Any elementary value that has a JSON form. */
export const anyLeaf = fc.oneof(anyText, anyNumber, fc.boolean(), fc.bigInt(), fc.date({ noInvalidDate: true }));

/** `undefined` and `null`. */
export const anyAbsent = fc.constantFrom(undefined, null);

/** Either way to write null. */
export const anyOptions = fc.constantFrom<{ nulls?: 'omit' | 'empty' }>({}, { nulls: 'omit' }, { nulls: 'empty' });

/** An ordinary object of these fields in this order; a key called `__proto__` becomes a field. */
export function toObject(fields: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(fields);
}
