import { DATABASE_UNAVAILABLE } from '../../../http/database-problem.js';
import { TROUBLE_SENTENCES } from '../../../storage/database-trouble.js';
import { listOf, object, schemaRef, text, type Json } from '../build.js';

const FIELDS: Readonly<Record<string, Json>> = {
  type: { type: 'string', enum: ['about:blank', DATABASE_UNAVAILABLE] },
  title: text('The name of the status, or the type in words.'),
  status: { type: 'integer', minimum: 400, maximum: 599 },
  detail: text('What is wrong and what to do, for a person.'),
};

export const PROBLEM_SCHEMAS: Readonly<Record<string, Json>> = {
  FieldFault: object({
    pointer: text('Where the fault stands, as a JSON pointer (RFC 6901) from the root of the body or of the query.'),
    detail: text('What is wrong, for a person.'),
  }),
  PossibleAcceptance: object({
    idempotencyKey: text('The key under which the order was posted.'),
    orderId: { type: 'string', format: 'uuid', description: 'The id of the order, if it is accepted.' },
  }),
  Problem: object(
    {
      ...FIELDS,
      errors: listOf(schemaRef('FieldFault'), { description: 'One entry per fault of the body or the query.' }),
      cause: {
        type: 'string',
        enum: Object.keys(TROUBLE_SENTENCES),
        description: 'What keeps the database from serving the call, with the type database-unavailable.',
      },
      acceptances: listOf(schemaRef('PossibleAcceptance'), {
        description:
          'Orders of this call that are accepted, or may be, although the call failed: the same call under the same key tells.',
      }),
    },
    { optional: ['errors', 'cause', 'acceptances'], description: 'An error, as RFC 9457 has it.' },
  ),
  CancelProblem: object(
    { ...FIELDS, order: schemaRef('Order') },
    { optional: ['order'], description: 'Why something is not cancelled, with the order as it stands since.' },
  ),
};
