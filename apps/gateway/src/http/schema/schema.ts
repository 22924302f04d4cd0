/** A piece of JSON, such as a schema as it stands in an OpenAPI 3.1 document. */
export type Json = Readonly<Record<string, unknown>>;

declare const TYPE: unique symbol;
/** A JSON Schema (2020-12), and the type of what fits it. */
export type Schema<T = unknown> = Json & { readonly [TYPE]?: T };
/** What fits a schema. */
export type TypeOf<S> = S extends Schema<infer T> ? T : never;

/** A field that may be absent. */
export class Optional<T> {
  constructor(readonly schema: Schema<T>) {}
}
export const optional = <T>(schema: Schema<T>): Optional<T> => new Optional(schema);

export type Fields = Readonly<Record<string, Schema | Optional<unknown>>>;
type TypesOf<F> = { readonly [N in keyof F]: F[N] extends Optional<infer T> ? T | undefined : TypeOf<F[N]> };

/** An object that always has all of these fields, but for the optional ones; its reader passes over what it does not know. */
export function object<F extends Fields>(fields: F, more: Json = {}): Schema<TypesOf<F>> {
  const all = Object.entries(fields);
  const required = all
    .filter(([, field]) => !(field instanceof Optional) && field['default'] === undefined)
    .map(([name]) => name);
  const properties = Object.fromEntries(
    all.map(([name, field]) => [name, field instanceof Optional ? field.schema : field]),
  );
  return { type: 'object', ...(required.length === 0 ? {} : { required }), properties, ...more };
}

/** An object that is sent to us: a field that is not described is a fault. */
export function request<F extends Fields>(fields: F, more: Json = {}): Schema<TypesOf<F>> {
  return object(fields, { ...more, additionalProperties: false });
}

export function text(description: string, more: Json = {}): Schema<string> {
  return { type: 'string', description, ...more };
}

/** A text of one up to so many characters. */
export function textUpTo(maxLength: number, description: string): Schema<string> {
  return text(description, { minLength: 1, maxLength });
}

export function integer(description: string, more: Json = {}): Schema<number> {
  return { type: 'integer', description, ...more };
}

export function flag(description: string): Schema<boolean> {
  return { type: 'boolean', description };
}

export function oneOf<const T extends string>(choices: readonly T[], description: string): Schema<T> {
  return { type: 'string', enum: [...choices], description };
}

export function listOf<T>(items: Schema<T>, more: Json = {}): Schema<readonly T[]> {
  return { type: 'array', items, ...more };
}

/** In a body: a list of some of these, or the same as one text with commas; `choicesOf` makes a list of both. */
export function someOf<const T extends string>(choices: readonly T[], description: string): Schema<T | readonly T[]> {
  const choice = `(?:${choices.join('|')})`;
  const items = { type: 'string', enum: [...choices] };
  return { type: ['array', 'string'], items, minItems: 1, pattern: `^${choice}(?:,${choice})*$`, description };
}

/** The choices of a list or of a text with commas, each once. */
export function choicesOf<T extends string>(some: T | readonly T[]): readonly T[] {
  return [...new Set(typeof some === 'string' ? (some.split(',') as T[]) : some)];
}

/** The same schema, or null. */
export function orNull<T>(schema: Schema<T>): Schema<T | null> {
  const { type, enum: choices, description, ...more } = schema;
  if (typeof type !== 'string' || nameOf(schema) !== undefined) return { anyOf: [schema, { type: 'null' }] };
  if (choices !== undefined) return { enum: [...(choices as unknown[]), null], description, ...more };
  return { ...more, description, type: [type, 'null'] };
}

/** A field that this request must not have, and why. */
export const refused = (why: string): Json => ({ not: {}, description: why });

/** What else holds of an object whose field has a value of this kind, and what holds of the others. */
export function where(field: string, kind: Json, holds: Json, otherwise: Json = {}): Json {
  const condition = { properties: { [field]: kind }, required: [field] };
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return { if: condition, then: holds, else: otherwise };
}

const NAMES = new WeakMap<object, string>();

/** The same schema: where a document uses it, it points to a component of this name. */
export function named<S extends Schema>(name: string, schema: S): S {
  NAMES.set(schema, name);
  return schema;
}

export function nameOf(schema: object): string | undefined {
  return NAMES.get(schema);
}
