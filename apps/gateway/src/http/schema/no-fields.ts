import { bodyReader } from './read-request.js';
import { request } from './schema.js';

/** The body of a call that takes none: nothing, or an object without fields. */
export const NO_FIELDS = request({}, { description: 'Nothing, or an empty object.' });

/** @throws ProblemError 422 for a body with fields */
export const requireNoFields = bodyReader(NO_FIELDS);
