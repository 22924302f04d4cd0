import type { Json } from '../../../http/schema/schema.js';
import { header, IF_NONE_MATCH } from '../build.js';
import { problemRef } from '../problems.js';

const headers = { ETag: header('Changes with the document.') };

const open = (operationId: string, summary: string, description: string, content: Json): Json => ({
  get: {
    operationId,
    tags: ['Documentation'],
    summary,
    security: [],
    parameters: [IF_NONE_MATCH],
    responses: {
      '200': { description, headers, content },
      '304': { description: 'What you have is still the same.', headers },
      default: problemRef('Other'),
    },
  },
});

/** This document and its page. */
export const DOCUMENTATION_PATHS: Readonly<Record<string, Json>> = {
  '/openapi.json': open('getOpenapi', 'This document', 'OpenAPI 3.1.', {
    'application/json': { schema: { type: 'object', additionalProperties: true } },
  }),
  '/docs': open('getDocs', 'This document as a page', 'A page for a browser.', {
    'text/html': { schema: { type: 'string' } },
  }),
};
