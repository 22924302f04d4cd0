export { compileStringJson } from './compile-string-json.js';
export type { NullStyle, StringJsonOptions } from './options.js';
export {
  array,
  type ArrayShape,
  leaf,
  type LeafShape,
  object,
  type ObjectShape,
  optional,
  type OptionalShape,
  type Shape,
} from './shape.js';
export { StringJsonError, type StringJsonProblem } from './string-json-error.js';
export { stringifyStrings } from './stringify-strings.js';
