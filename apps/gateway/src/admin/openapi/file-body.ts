import { FILE_CONTENT_TYPES } from '../../http/file-body.js';
import type { Json } from '../../http/schema/schema.js';

/** Bytes, whatever they are. */
export const BYTES: Json = { type: 'string', format: 'binary' };

/** The body of a call that takes a file, in the types that the listener accepts. */
export const FILE_BODY: Json = {
  requestBody: {
    required: true,
    content: Object.fromEntries(FILE_CONTENT_TYPES.map((type) => [type, { schema: BYTES }])),
  },
};
