/** A piece of an OpenAPI 3.1 document: JSON as it will stand there. */
export type Json = Readonly<Record<string, unknown>>;

/** The fields of something that is told, each described: the compiler sees that none is missing and none too much. */
export type FieldsOf<T> = { readonly [F in keyof T]: Json };

/** Points to a schema of the document. */
export function schemaRef(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

/** Points to a parameter of the document. */
export function parameterRef(name: string): Json {
  return { $ref: `#/components/parameters/${name}` };
}

/**
 * An object that always has all of these fields, but for those named as optional. In a request no other field is
 * allowed (`closed`); an answer may grow, and its reader passes over what it does not know.
 */
export function object(
  properties: Readonly<Record<string, Json>>,
  { optional = [], closed = false, ...more }: { optional?: readonly string[]; closed?: boolean } & Json = {},
): Json {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties,
    ...(closed ? { additionalProperties: false } : {}),
    ...more,
  };
}

/** The same schema, or null. */
export function orNull(schema: Json): Json {
  if (typeof schema['type'] === 'string' && schema['enum'] === undefined) {
    return { ...schema, type: [schema['type'], 'null'] };
  }
  return { anyOf: [schema, { type: 'null' }] };
}

export function text(description: string, more: Json = {}): Json {
  return { type: 'string', description, ...more };
}

/** A moment, RFC 3339, in UTC with milliseconds. */
export function moment(description: string): Json {
  return { type: 'string', format: 'date-time', description };
}

export function listOf(items: Json, more: Json = {}): Json {
  return { type: 'array', items, ...more };
}

/** Where a list continues. */
export const NEXT_CURSOR: Json = orNull(text('The cursor of the next page; null on the last one.'));

/** A header that such an answer always has. */
export function header(description: string, schema: Json = { type: 'string' }): Json {
  return { description, required: true, schema };
}

/** An answer of JSON with examples by name. */
export function jsonAnswer(description: string, schema: Json, examples: Json, headers?: Json): Json {
  return {
    description,
    ...(headers === undefined ? {} : { headers }),
    content: { 'application/json': { schema, examples: named(examples) } },
  };
}

/** A required body of JSON with examples by name. */
export function jsonBody(schema: Json, examples: Json): Json {
  return { required: true, content: { 'application/json': { schema, examples: named(examples) } } };
}

/** The body of a call that takes none: nothing, or an object without fields. */
export const NO_FIELDS: Json = {
  description: 'Nothing, or an empty object.',
  content: { 'application/json': { schema: object({}, { closed: true }) } },
};

function named(examples: Json): Json {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
}
