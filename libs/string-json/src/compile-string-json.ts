import { formOf, type Present, toForm } from './json-form.js';
import { MAX_DEPTH, type NullStyle, type StringJsonOptions } from './options.js';
import { quote } from './quote.js';
import type { ArrayShape, ObjectShape, Shape } from './shape.js';
import type { Step } from './string-json-error.js';
import { refuse, writeDate, writeScalar } from './write-scalar.js';

/**
 * Makes a serializer for values of a known shape: the text of `stringifyStrings`, faster, because the keys are known.
 * Compile once, when the program starts, and use it for every answer.
 *
 * For a value of the shape – its fields there, in the shape's order – the text and the errors are those of
 * `stringifyStrings` with the same options. Beyond that:
 * - fields that the shape does not name are not written or read;
 * - fields come in the order of the shape, and a field may also be a getter of the value's class;
 * - a value that is not of the shape is refused: a required field is missing, or is of another kind.
 *
 * @param shape the shape of the whole value; `optional(…)` where "nothing to return" (an empty text) is an answer
 * @throws RangeError when the shape nests deeper than 64 levels. The serializer itself throws StringJsonError with the
 *   path of the refused value
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- T ties the serializer to the type it is for
export function compileStringJson<T>(shape: Shape, options: StringJsonOptions = {}): (value: T) => string {
  const whole = compile(shape, 0, options.nulls ?? 'omit');
  return (value) => {
    const steps: Step[] = [];
    const form = toForm(value, '');
    if (form !== undefined && form !== null) return whole.write(form, steps);
    return whole.optional ? '' : refuse('missing', steps, 0);
  };
}

/** Writes the value at one position of the shape. The closure knows its depth; `steps` is the path. */
type Write = (value: Present, steps: Step[]) => string;

interface Place {
  readonly write: Write;
  readonly optional: boolean;
}

function compile(shape: Shape, depth: number, nulls: NullStyle): Place {
  if (shape.kind === 'optional') return { ...compile(shape.shape, depth, nulls), optional: true };
  if (shape.kind === 'leaf') return { write: compileLeaf(depth), optional: false };
  if (depth >= MAX_DEPTH) throw new RangeError(`the shape nests deeper than ${MAX_DEPTH} levels`);
  const write = shape.kind === 'array' ? compileArray(shape, depth, nulls) : compileObject(shape, depth, nulls);
  return { write, optional: false };
}

function compileLeaf(depth: number): Write {
  return (value, steps) => {
    if (typeof value === 'string') return quote(value);
    if (typeof value !== 'object') return writeScalar(value, steps, depth);
    if (formOf(value) === 'date') return writeDate(value as Date, steps, depth);
    return refuseForm('not-elementary', value, steps, depth);
  };
}

function compileArray(shape: ArrayShape, depth: number, nulls: NullStyle): Write {
  const { write, optional } = compile(shape.element, depth + 1, nulls);
  return (value, steps) => {
    if (!Array.isArray(value)) return refuseForm('not-an-array', value, steps, depth);
    const elements: readonly unknown[] = value;
    let text = '';
    for (let index = 0; index < elements.length; index += 1) {
      steps[depth] = index;
      const form = toForm(elements[index], String(index));
      if (form !== undefined && form !== null) {
        text += (text === '' ? '' : ',') + write(form, steps);
      } else if (!optional) {
        return refuse('missing', steps, depth + 1);
      } else if (nulls === 'empty') {
        text += text === '' ? '""' : ',""';
      }
    }
    return `[${text}]`;
  };
}

function compileObject(shape: ObjectShape, depth: number, nulls: NullStyle): Write {
  const fields = Object.entries(shape.fields).map(([key, field]) => ({
    key,
    label: `${quote(key)}:`,
    // What every object inherits (`constructor`, `__proto__`) is no field of it.
    ownOnly: key in Object.prototype,
    ...compile(field, depth + 1, nulls),
  }));
  return (value, steps) => {
    if (typeof value !== 'object' || formOf(value) !== 'object') {
      return refuseForm('not-an-object', value, steps, depth);
    }
    let text = '';
    for (const { key, label, ownOnly, write, optional } of fields) {
      steps[depth] = key;
      const present = !ownOnly || Object.hasOwn(value, key);
      const form = present ? toForm((value as Record<string, unknown>)[key], key) : undefined;
      if (form !== undefined && form !== null) {
        text += (text === '' ? label : `,${label}`) + write(form, steps);
      } else if (!optional) {
        return refuse('missing', steps, depth + 1);
      } else if (form === null && nulls === 'empty') {
        text += text === '' ? `${label}""` : `,${label}""`;
      }
    }
    return `{${text}}`;
  };
}

/** Refuses a value of another kind than the shape's; a value without a JSON form has its own error. */
function refuseForm(
  problem: 'not-elementary' | 'not-an-object' | 'not-an-array',
  value: Present,
  steps: readonly Step[],
  depth: number,
): never {
  if (typeof value !== 'object') writeScalar(value, steps, depth);
  else if (formOf(value) === 'date') writeDate(value as Date, steps, depth);
  else if (formOf(value) === 'none') refuse('no-json-form', steps, depth);
  return refuse(problem, steps, depth);
}
