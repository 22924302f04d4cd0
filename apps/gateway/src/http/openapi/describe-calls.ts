import type { Json, Schema } from '../schema/schema.js';
import { exampleOf } from './example-of.js';

/** An answer: what it is, its schema, examples by name if the schema's own does not do, its headers, and its form if it is no JSON. */
export type DescribedAnswer = readonly [
  description: string,
  schema?: Schema | undefined,
  examples?: Json | undefined,
  headers?: Json | undefined,
  contentType?: string,
];

/** A call as its table has it. What every call has, and what its route says, is added. */
export type DescribedCall<P> = readonly [
  operationId: string,
  summary: string,
  rest: {
    readonly description?: string;
    readonly query?: Schema;
    readonly headers?: readonly Json[];
    readonly body?: readonly [schema: Schema, examples?: Json];
    readonly answers: Readonly<Record<number, DescribedAnswer>>;
    /** Beside or in the place of the usual problems. */
    readonly problems?: P;
    /** Answers without a key. */
    readonly isPublic?: boolean;
    /** Other forms of the good answer, by media type. */
    readonly other?: Json;
    /** Other members of the operation. */
    readonly more?: Json;
  },
];

/** What a call is, as far as it says which problems it can have. */
export interface CallShape {
  readonly verb: string;
  readonly path: string;
  /** Something stands in its path. */
  readonly isAboutOne: boolean;
  readonly takesQuery: boolean;
  readonly isPublic: boolean;
}

/** What all calls of a document have in common. */
export interface DocumentRules<P> {
  /** What stands in a path, by the word before it. */
  readonly inPath: Readonly<Record<string, readonly [description: string, schema: Json]>>;
  /** The responses that are problems. @param own the call's own */
  readonly problemsOf: (call: CallShape, own: P | undefined) => Json;
}

export const UUID: Json = { type: 'string', format: 'uuid' };

/** @returns the paths of the document, from calls by `verb /path` */
export function describeCalls<P>(
  rules: DocumentRules<P>,
  tag: string,
  calls: Readonly<Record<string, DescribedCall<P>>>,
): Record<string, Json> {
  const paths: Record<string, Json> = {};
  for (const [route, call] of Object.entries(calls)) {
    const [verb = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [verb]: operation(rules, tag, { verb, path }, call) };
  }
  return paths;
}

function operation<P>(
  { inPath: meanings, problemsOf }: DocumentRules<P>,
  tag: string,
  { verb, path }: Pick<CallShape, 'verb' | 'path'>,
  [operationId, summary, rest]: DescribedCall<P>,
): Json {
  const { description, query, headers = [], body, answers, problems, isPublic = false, other, more = {} } = rest;
  const inPath = [...path.matchAll(/([\w-]+)\/\{(\w+)\}/g)].map(([, word = '', name]) => {
    const [what, schema] = meanings[word] ?? [];
    return { name, in: 'path', required: true, description: what, schema };
  });
  const parameters = [...inPath, ...headers, ...(query === undefined ? [] : queryParameters(query))];
  const shape = { verb, path, isPublic, isAboutOne: inPath.length > 0, takesQuery: query !== undefined };
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(...body) }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer, other)])),
      ...problemsOf(shape, problems),
    },
    ...more,
  };
}

/** The parameters of a query, by the schema that reads it; a list is one text with commas. */
function queryParameters({ properties }: Schema): Json[] {
  return Object.entries(properties as Readonly<Record<string, Json>>).map(([name, { description, ...schema }]) => {
    const form = schema['type'] === 'array' ? { style: 'form', explode: false } : {};
    return { name, in: 'query', description, schema, ...form };
  });
}

/** A body that need not have any field need not be there. */
export function requestBody(schema: Schema, examples?: Json): Json {
  return { required: schema['required'] !== undefined, content: json(schema, examples) };
}

function response([description, schema, given, headers, contentType]: DescribedAnswer, other: Json = {}): Json {
  if (schema === undefined) return { description, headers };
  if (contentType !== undefined)
    return { description, headers, content: { [contentType]: { schema, examples: given }, ...other } };
  const content = json(schema, given ?? { example: exampleOf(schema) });
  return { description, headers, content: { ...content, ...other } };
}

function json(schema: Schema, examples?: Json): Json {
  const named = examples && Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return { 'application/json': { schema, examples: named } };
}

/** A header that such an answer always has. */
export const header = (description: string, schema: Json = { type: 'string' }): Json => ({
  description,
  required: true,
  schema,
});
/** A header that a request may have. */
export const sentHeader = (name: string, description: string, schema: Json, more: Json = {}): Json => ({
  name,
  in: 'header',
  description,
  schema,
  ...more,
});
export const IF_NONE_MATCH = sentHeader(
  'If-None-Match',
  'The ETag of what you have: answered with 304 while it is the same.',
  { type: 'string' },
);
