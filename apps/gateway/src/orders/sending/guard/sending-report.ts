import { date } from '../../../http/schema/formats.js';
import {
  flag,
  integer,
  listOf,
  named,
  object,
  oneOf,
  orNull,
  text,
  type Schema,
  type TypeOf,
} from '../../../http/schema/schema.js';
import type { ReconcileReport } from '../journal/reconcile-report.js';
import { FACTS, type LedgerFacts } from './ledger-facts.js';
import { ORDERS_IN_DOUBT } from './orders-in-doubt.js';
import { SENDING_STOP, type SendingStop } from './sending-stops.js';

/** As stored in the ledger: moments are texts. */
export type StoredReport = Omit<ReconcileReport, 'lastAttemptAt'> & { readonly lastAttemptAt: string | null };

const JOURNAL: Schema<Partial<StoredReport>> = {
  type: 'object',
  additionalProperties: true,
  description: 'The result of the comparison; empty without a journal.',
};
const WORKER = named(
  'SendingWorker',
  object(
    {
      id: text('The id of the process.'),
      journalId: text('The id of its send journal.'),
      host: text('Where it runs.'),
      pid: integer('Its number there.'),
      startedAt: date('When it began.'),
      heartbeatAt: date('Its last sign of life.'),
      isAlive: flag('Whether that was a moment ago.'),
      hasCompared: flag('Whether it has compared its journal with this ledger as it is now.'),
      isClean: flag('Whether the ledger lacked nothing then.'),
      heldBecause: listOf(text('A sentence.'), {
        description: 'Why this process does not send, one sentence per cause.',
      }),
      journal: JOURNAL,
    },
    { description: 'A process that sends, as its last sign of life has it.' },
  ),
);
export type WorkerView = TypeOf<typeof WORKER>;

const FACT = oneOf(FACTS, 'A fact.');
const FACTS_OF_LEDGER = named(
  'LedgerFacts',
  object(
    {
      systemIdentifier: orNull(text('Of the cluster.')),
      databaseOid: orNull(text('Of the database in it.')),
      timeline: orNull(text('Of the write-ahead log.')),
      tables: orNull(text("The oids of the ledger's own tables.")),
    },
    { description: 'The identity of PostgreSQL; null for what it does not reveal.' },
  ),
) as Schema<LedgerFacts>;

/** The state of sending: the body of `GET /admin/sending`. */
const FIELDS = {
  state: oneOf(['open', 'stopped'], 'Whether orders are sent.'),
  reason: orNull(text('Of what takes a person first; all of it stands in `stops`.') as Schema<SendingStop['reason']>),
  message: orNull(text('The same for a person.')),
  since: date('Since when.'),
  by: orNull(text('Who decided it.')),
  why: orNull(text('The reason given.')),
  continuesByItself: flag('Sending resumes without a person.'),
  stops: listOf(SENDING_STOP, { description: 'Everything for which orders wait.' }),
  unknownOutcomes: integer('Outcomes of orders in a row that no one knows.', { minimum: 0 }),
  identity: object(
    {
      ledgerId: text('The id of the ledger.'),
      since: text('When its identity was last trusted.'),
      recorded: FACTS_OF_LEDGER,
      found: FACTS_OF_LEDGER,
      differs: listOf(FACT, { description: 'The facts that are not what they were.' }),
      notChecked: listOf(FACT, { description: 'Facts that PostgreSQL does not reveal: they cannot be compared.' }),
    },
    { description: 'Which PostgreSQL it is.' },
  ),
  journals: object(
    {
      seen: integer('Journals of this ledger.', { minimum: 0 }),
      missing: integer('Attempts that the ledger did not know.', { minimum: 0 }),
      strangers: integer('Orders that the ledger does not have.', { minimum: 0 }),
      lastAttemptAt: orNull(text('When the last attempt began that any journal remembers.')),
      faults: listOf(text('A sentence.'), { description: 'What may hide attempts.' }),
    },
    { description: 'What comparing the send journals with the ledger has come to.' },
  ),
  ordersInDoubt: orNull(ORDERS_IN_DOUBT),
  workers: listOf(WORKER),
};
export const SENDING_REPORT = named('SendingReport', object(FIELDS));
export type SendingReport = TypeOf<typeof SENDING_REPORT>;
export const RESUME_RESULT = named(
  'ResumeResult',
  object({
    resumed: flag('False when sending was open.'),
    madeUnknown: integer('How many orders are unknown now because they may have been sent.', { minimum: 0 }),
    ...FIELDS,
  }),
);
