import { listOf, named, object, optional, type Json } from '../../../http/schema/schema.js';
import { ORDER } from './order.js';
import { PROBLEM } from './problem.js';

const status = (only: number): Json => ({ type: 'integer', const: only });

const OUTCOME = named('BatchOutcome', {
  description: 'What the same order posted alone would have been answered.',
  oneOf: [
    object({ status: status(202), replayed: optional({ type: 'boolean', const: true }), order: ORDER }),
    object({ status: status(422), problem: PROBLEM }),
  ],
});
export const BATCH_ANSWER = named('BatchAnswer', object({ outcomes: listOf(OUTCOME) }));
