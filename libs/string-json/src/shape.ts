/**
 * What a compiled serializer needs to know of an answer, as plain data:
 *
 * ```ts
 * const searchAnswer = optional(
 *   object({
 *     card: object({
 *       cardNumber: leaf(),
 *       cardState: leaf(),
 *       barcode: optional(object({ barcodeNumber: leaf(), barcodeType: leaf() })),
 *     }),
 *   }),
 * );
 * ```
 */
export type Shape = LeafShape | ObjectShape | ArrayShape | OptionalShape;

/** Any elementary value: string, number, boolean, bigint, Date, or an object whose `toJSON` gives one of these. */
export interface LeafShape {
  readonly kind: 'leaf';
}

/** An object: these fields are written, in this order, and no other. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, Shape>>;
}

/** An array of any length, every element of one shape. */
export interface ArrayShape {
  readonly kind: 'array';
  readonly element: Shape;
}

/** A value of the shape, or `undefined` or `null`, which are written as `StringJsonOptions` says. */
export interface OptionalShape {
  readonly kind: 'optional';
  readonly shape: Shape;
}

/** An elementary value. */
export function leaf(): LeafShape {
  return { kind: 'leaf' };
}

/** An object with these fields. */
export function object(fields: Readonly<Record<string, Shape>>): ObjectShape {
  return { kind: 'object', fields };
}

/** An array of elements of this shape. */
export function array(element: Shape): ArrayShape {
  return { kind: 'array', element };
}

/** A value that may be `undefined` or `null`. */
export function optional(shape: Shape): OptionalShape {
  return { kind: 'optional', shape };
}
