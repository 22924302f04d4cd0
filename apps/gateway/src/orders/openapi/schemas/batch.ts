import { listOf, object, schemaRef, type Json } from '../build.js';

export const BATCH_SCHEMAS: Readonly<Record<string, Json>> = {
  BatchOutcome: {
    description: 'What the same order posted alone would have been answered.',
    oneOf: [
      object(
        {
          status: { type: 'integer', const: 202 },
          replayed: { type: 'boolean', const: true },
          order: schemaRef('Order'),
        },
        { optional: ['replayed'] },
      ),
      object({ status: { type: 'integer', const: 422 }, problem: schemaRef('Problem') }),
    ],
  },
  BatchAnswer: object({ outcomes: listOf(schemaRef('BatchOutcome')) }),
};
