import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { array, compileStringJson, leaf, object, optional, type Shape, stringifyStrings } from './index.js';
import { anyAbsent, anyKey, anyLeaf, anyOptions, toObject } from './testing/arbitraries.js';

const { anyTree } = fc.letrec<{ anyTree: unknown; list: unknown[]; fields: object }>((tie) => ({
  anyTree: fc.oneof({ depthSize: 'small' }, anyLeaf, anyAbsent, tie('list'), tie('fields')),
  list: fc.array(tie('anyTree'), { maxLength: 4 }),
  fields: fc.uniqueArray(fc.tuple(anyKey, tie('anyTree')), { maxLength: 4, selector: ([key]) => key }).map(toObject),
}));

/** Checks that one leaf of the output says what the leaf of the input is, by reading it back. */
function expectLeaf(output: unknown, input: unknown): void {
  expect(typeof output).toBe('string');
  const text = String(output);
  if (typeof input === 'string') expect(text).toBe(input);
  else if (typeof input === 'bigint') expect(BigInt(text)).toBe(input);
  else if (input instanceof Date) expect(new Date(text).getTime()).toBe(input.getTime());
  else if (typeof input === 'number') {
    expect(text).toMatch(/^-?\d+(?:\.\d+)?$/);
    expect(Number(text)).toBe(input + 0);
  } else expect(text).toBe(input === true ? 'true' : 'false');
}

/** Walks output and input side by side; `keepNulls` is the style that writes them as "". */
function expectSame(output: unknown, input: unknown, keepNulls: boolean): void {
  if (input === null || input === undefined) {
    expect(output).toBe('');
  } else if (Array.isArray(input)) {
    const kept = input.filter((element) => keepNulls || (element !== null && element !== undefined));
    expect(output).toHaveLength(kept.length);
    kept.forEach((element, index) => expectSame((output as unknown[])[index], element, keepNulls));
  } else if (typeof input === 'object' && !(input instanceof Date)) {
    const kept = Object.entries(input).filter(([, value]) => value !== undefined && (keepNulls || value !== null));
    const written = Object.entries(output as object);
    expect(written.map(([key]) => key)).toEqual(kept.map(([key]) => key));
    kept.forEach(([, value], index) => expectSame(written[index]?.[1], value, keepNulls));
  } else {
    expectLeaf(output, input);
  }
}

/** A shape, and values of it. */
interface Sample {
  shape: Shape;
  values: fc.Arbitrary<unknown>;
}

const { anySample } = fc.letrec<{ anySample: Sample; list: Sample; fields: Sample; maybe: Sample }>((tie) => ({
  anySample: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Sample>({ shape: leaf(), values: anyLeaf }),
    tie('list'),
    tie('fields'),
    tie('maybe'),
  ),
  list: tie('anySample').map(({ shape, values }) => ({
    shape: array(shape),
    values: fc.array(values, { maxLength: 3 }),
  })),
  maybe: tie('anySample').map(({ shape, values }) => ({ shape: optional(shape), values: fc.oneof(values, anyAbsent) })),
  fields: fc
    .uniqueArray(fc.tuple(anyKey, tie('anySample')), { maxLength: 4, selector: ([key]) => key })
    .map((fields) => ({
      shape: object(Object.fromEntries(fields.map(([key, { shape }]) => [key, shape]))),
      values: fc
        .tuple(...fields.map(([, { values }]) => values))
        .map((values) => toObject(fields.map(([key], index) => [key, values[index]]))),
    })),
}));

const anyShapeAndValue = anySample.chain(({ shape, values }) => values.map((value) => ({ shape, value })));

describe('every value', () => {
  it('becomes JSON whose every leaf is a string with the text of the leaf', () => {
    fc.assert(
      fc.property(anyTree, anyOptions, (value, options) => {
        const text = stringifyStrings(value, options);
        if (value === undefined || value === null) expect(text).toBe('');
        else expectSame(JSON.parse(text), value, options.nulls === 'empty');
      }),
      { numRuns: 1000 },
    );
  });

  it('becomes text that is valid in a line of JavaScript and in UTF-8', () => {
    fc.assert(
      fc.property(anyTree, (value) => {
        const text = stringifyStrings(value);
        expect(text).not.toMatch(/[\u2028\u2029\n\r]/);
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      }),
    );
  });
});

describe('every value of every shape', () => {
  it('becomes the same text with the compiled serializer as with the general one', () => {
    fc.assert(
      fc.property(anyShapeAndValue, anyOptions, ({ shape, value }, options) => {
        expect(compileStringJson<unknown>(shape, options)(value)).toBe(stringifyStrings(value, options));
      }),
      { numRuns: 2000 },
    );
  });
});
