import { date } from '../../http/schema/formats.js';
import { integer, listOf, named, object, oneOf, orNull, text, type TypeOf } from '../../http/schema/schema.js';

/** How an import ended; `stopped`: its process or its reader has ended. */
const OUTCOMES = ['done', 'failed', 'stopped'] as const;
export type ImportOutcome = (typeof OUTCOMES)[number];
/** Where it was begun: by a call of the admin API, or at a command line. */
const ORIGINS = ['call', 'command'] as const;
export type ImportOrigin = (typeof ORIGINS)[number];

const count = (description: string) => integer(description, { minimum: 0 });

const IMPORT = named(
  'Import',
  object({
    id: text('Grows.'),
    kind: text('What was imported, such as `clients`.'),
    who: text('The name of the key, or of the person at the command line.'),
    beganBy: oneOf(ORIGINS, 'By a call of this API, or by the command.'),
    beganAt: date('When it began.'),
    endedAt: orNull(date('When it ended; null while it runs.')),
    outcome: orNull(oneOf(OUTCOMES, 'How it ended; stopped: its process or its reader has ended.')),
    lines: count('Lines so far, without the header.'),
    created: count('Rows that are new.'),
    changed: count('Rows that were there, and differed.'),
    unchanged: count('Rows that were there, and were equal.'),
    rejected: count('Lines that were not imported.'),
  }),
);
export type ImportView = TypeOf<typeof IMPORT>;
export const IMPORTS = named('Imports', object({ imports: listOf(IMPORT) }));

const REJECTION = named(
  'ImportRejection',
  object({
    line: count('The number of the line.'),
    field: text('The column at fault; empty: the line as a whole.'),
    reason: text('Why; never the value.'),
  }),
);
export type RejectionView = TypeOf<typeof REJECTION>;
export const REJECTIONS = named('ImportRejections', object({ rejections: listOf(REJECTION) }));
