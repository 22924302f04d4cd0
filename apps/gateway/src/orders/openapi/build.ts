import type { Json, Schema } from '../../http/schema/schema.js';
import { exampleOf } from './example-of.js';
import { problems, type Problems } from './problems.js';

/** An answer: what it is, its schema, examples by name if the schema's own does not do, and its headers. */
export type DescribedAnswer = readonly [
  description: string,
  schema?: Schema | undefined,
  examples?: Json | undefined,
  headers?: Json,
];

/** A call as its table has it. What every call has, and what its route says, is added. */
export type DescribedCall = readonly [
  operationId: string,
  summary: string,
  rest: {
    readonly description?: string;
    readonly query?: Schema;
    readonly headers?: readonly Json[];
    readonly body?: readonly [schema: Schema, examples?: Json];
    readonly answers: Readonly<Record<number, DescribedAnswer>>;
    /** Beside or in the place of the usual problems, by status. */
    readonly problems?: Problems;
    /** What the good answer is as a stream of events. */
    readonly stream?: Json;
    /** Other members of the operation. */
    readonly more?: Json;
  },
];

const UUID: Json = { type: 'string', format: 'uuid' };

/** What stands in a path, by the word before it. */
const IN_PATH: Readonly<Record<string, readonly [description: string, schema: Json]>> = {
  orders: ['The id of the order here.', UUID],
  tickets: ['The id of a ticket of this order, as `tickets` of the order has it.', { type: 'string' }],
  endpoints: ['The id of an endpoint of yours.', UUID],
  deliveries: ['The id of a delivery to you: its `webhook-id`.', { type: 'string', pattern: '^evt_[0-9a-f]{32}$' }],
};

/** @returns the paths of the document, from calls by `verb /path` */
export function describeCalls(tag: string, calls: Readonly<Record<string, DescribedCall>>): Record<string, Json> {
  const paths: Record<string, Json> = {};
  for (const [route, call] of Object.entries(calls)) {
    const [verb = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [verb]: operation(tag, verb, path, call) };
  }
  return paths;
}

function operation(tag: string, verb: string, path: string, [operationId, summary, rest]: DescribedCall): Json {
  const { description, query, headers = [], body, answers, problems: special, stream, more = {} } = rest;
  const inPath = [...path.matchAll(/(\w+)\/\{(\w+)\}/g)].map(([, word = '', name]) => {
    const [what, schema] = IN_PATH[word] ?? [];
    return { name, in: 'path', required: true, description: what, schema };
  });
  const parameters = [...inPath, ...headers, ...(query === undefined ? [] : queryParameters(query))];
  const statuses = [
    ...(path.startsWith('/orders') ? [403 as const] : []),
    ...(inPath.length > 0 ? [404 as const] : []),
    ...(verb === 'post' ? [413 as const, 415 as const] : []),
    ...(verb === 'post' || query !== undefined ? [422 as const] : []),
  ];
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(...body) }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer, stream)])),
      ...problems(statuses, special),
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

function response([description, schema, given, headers]: DescribedAnswer, stream?: Json): Json {
  if (schema === undefined) return { description, headers };
  const content = json(schema, given ?? { example: exampleOf(schema) });
  return { description, headers, content: { ...content, ...(stream && { 'text/event-stream': stream }) } };
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
