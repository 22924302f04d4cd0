/**
 * How absent values are written. The contract does not say how `null` looks (koshelek-loyalty.md, "Every
 * method"), so it is a setting:
 *
 * | value | in | `omit` (default) | `empty` |
 * |---|---|---|---|
 * | `undefined` | a field | left out | left out |
 * | `null` | a field | left out | `""` |
 * | `undefined`, `null`, a hole | an array | dropped | `""`, so that every element keeps its position |
 * | `undefined`, `null` | the whole value | an empty text | an empty text |
 */
export interface StringJsonOptions {
  nulls?: NullStyle;
}

/** `omit` leaves `null` out, `empty` writes it as `""`. */
export type NullStyle = 'omit' | 'empty';

/** How deep arrays and objects may nest: far beyond any real answer, far below the end of the stack. */
export const MAX_DEPTH = 64;
