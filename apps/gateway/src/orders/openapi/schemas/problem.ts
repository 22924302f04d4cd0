import { listOf, object, schemaRef, text, type Json } from '../build.js';

const FIELDS: Readonly<Record<string, Json>> = {
  type: { type: 'string', const: 'about:blank' },
  title: text('The name of the status.'),
  status: { type: 'integer', minimum: 400, maximum: 599 },
  detail: text('What is wrong and what to do, for a person.'),
};

export const PROBLEM_SCHEMAS: Readonly<Record<string, Json>> = {
  FieldFault: object({
    pointer: text('Where the fault stands, as a JSON pointer (RFC 6901) from the root of the body or of the query.'),
    detail: text('What is wrong, for a person.'),
  }),
  Problem: object(
    {
      ...FIELDS,
      errors: listOf(schemaRef('FieldFault'), { description: 'One entry per fault of the body or the query.' }),
    },
    { optional: ['errors'], description: 'An error, as RFC 9457 has it.' },
  ),
  CancelProblem: object(
    { ...FIELDS, order: schemaRef('Order') },
    { optional: ['order'], description: 'Why something is not cancelled, with the order as it stands since.' },
  ),
};
