import { PROBLEM_CATALOGUE, typeOf, type ProblemName, type ProblemType } from './problems/catalogue.js';
import { uuid } from './schema/formats.js';
import { integer, listOf, named, object, oneOf, optional, text, type Schema } from './schema/schema.js';
import { TROUBLE_SENTENCES } from '../storage/database-trouble.js';

const NAMES = Object.keys(PROBLEM_CATALOGUE) as ProblemName[];
const PROBLEM_TYPE = named(
  'ProblemType',
  oneOf(
    NAMES.map(typeOf),
    'The kind of problem, for programs: GET that path says what it means and what to do. New kinds may be added.',
  ),
);

/** What every problem has. */
export const PROBLEM_FIELDS = {
  type: PROBLEM_TYPE,
  title: text('The kind in words.'),
  status: integer('The HTTP status.', { minimum: 400, maximum: 599 }),
  detail: text('What is wrong and what to do, for a person.'),
};
const FIELD_FAULT = object({
  pointer: text('Where the fault stands, as a JSON pointer (RFC 6901) from the root of the body or of the query.'),
  detail: text('What is wrong, for a person.'),
});
const POSSIBLE_ACCEPTANCE = object({
  idempotencyKey: text('The key under which the order was posted.'),
  orderId: uuid('The id of the order, if it is accepted.'),
});
const ACCEPTANCES =
  'Orders of this call that are accepted, or may be, although the call failed: make the same call under the same key to learn which.';

export const PROBLEM = named(
  'Problem',
  object(
    {
      ...PROBLEM_FIELDS,
      errors: optional(
        listOf(named('FieldFault', FIELD_FAULT), { description: 'One entry per fault of the body or the query.' }),
      ),
      cause: optional(
        oneOf(
          Object.keys(TROUBLE_SENTENCES),
          'What keeps the database from serving the call, with the type database-unavailable.',
        ),
      ),
      acceptances: optional(listOf(named('PossibleAcceptance', POSSIBLE_ACCEPTANCE), { description: ACCEPTANCES })),
    },
    { description: 'An error, as RFC 9457 has it.' },
  ),
);

/** The schema of a problem of some kinds only. */
export function problemOfTypes(types: readonly ProblemType[], schema: Schema = PROBLEM): Schema {
  return { allOf: [schema], properties: { type: { enum: [...types] } } };
}
