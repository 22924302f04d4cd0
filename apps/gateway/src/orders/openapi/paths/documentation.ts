import { header, parameterRef, type Json } from '../build.js';

const OTHER = { $ref: '#/components/responses/Other' };
const ETAG: Json = { ETag: header('Changes with the document.') };
const UNCHANGED: Json = { description: 'What you have is still the same.', headers: ETAG };

/** This document and its page. */
export const DOCUMENTATION_PATHS: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  '/openapi.json': {
    get: {
      operationId: 'getOpenapi',
      tags: ['Documentation'],
      summary: 'This document',
      security: [],
      parameters: [parameterRef('IfNoneMatch')],
      responses: {
        '200': {
          description: 'OpenAPI 3.1.',
          headers: ETAG,
          content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } },
        },
        '304': UNCHANGED,
        default: OTHER,
      },
    },
  },
  '/docs': {
    get: {
      operationId: 'getDocs',
      tags: ['Documentation'],
      summary: 'This document as a page',
      security: [],
      parameters: [parameterRef('IfNoneMatch')],
      responses: {
        '200': {
          description: 'A page for a browser.',
          headers: ETAG,
          content: { 'text/html': { schema: { type: 'string' } } },
        },
        '304': UNCHANGED,
        default: OTHER,
      },
    },
  },
};
