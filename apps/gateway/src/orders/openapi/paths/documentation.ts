import type { Json } from '../../../http/schema/schema.js';
import { header, IF_NONE_MATCH } from '../../../http/openapi/describe-calls.js';
import { problemRef } from '../problems.js';
import { PROBLEM_CATALOGUE, typeOf } from '../../../http/problems/catalogue.js';
import { PROBLEM_KIND } from '../../../http/problems/problem-page.js';

const EXAMPLE = 'idempotency-key-reuse';

const headers = { ETag: header('Changes with the document.') };

const open = (
  operationId: string,
  summary: string,
  description: string,
  content: Json,
  more: { parameters?: readonly Json[]; responses?: Json } = {},
): Json => ({
  get: {
    operationId,
    tags: ['Documentation'],
    summary,
    security: [],
    parameters: [IF_NONE_MATCH, ...(more.parameters ?? [])],
    responses: {
      '200': { description, headers, content },
      '304': { description: 'What you have is still the same.', headers },
      ...more.responses,
      default: problemRef('Other'),
    },
  },
});

const NAME: Json = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'What follows `/problems/` in the `type` of a problem.',
  schema: { type: 'string' },
};

/** This document and its page, and what the problems in it mean. */
export const DOCUMENTATION_PATHS: Readonly<Record<string, Json>> = {
  '/openapi.json': open('getOpenapi', 'This document', 'OpenAPI 3.1.', {
    'application/json': { schema: { type: 'object', additionalProperties: true } },
  }),
  '/docs': open('getDocs', 'This document and that of the admin API as a page', 'A page for a browser.', {
    'text/html': { schema: { type: 'string' } },
  }),
  '/problems/{name}': open(
    'getProblemKind',
    'What a problem means, and what to do',
    'An entry of the catalogue: JSON, or a page for a browser.',
    {
      'application/json': { schema: PROBLEM_KIND, example: { type: typeOf(EXAMPLE), ...PROBLEM_CATALOGUE[EXAMPLE] } },
      'text/html': { schema: { type: 'string' } },
    },
    { parameters: [NAME], responses: { '404': problemRef('NoSuchCall') } },
  ),
};
