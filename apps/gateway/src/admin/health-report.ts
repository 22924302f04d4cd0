import { PART } from '../health/parts/part.js';
import { date } from '../http/schema/formats.js';
import { listOf, named, object, oneOf, optional, text, type Schema, type TypeOf } from '../http/schema/schema.js';
import type { SendingStop } from '../orders/sending/guard/sending-stops.js';

const STATUS = oneOf(
  ['ok', 'degraded', 'down', 'stopping'],
  'degraded: the queue is away, or a critical condition holds: orders may not leave, or may not be safe. down: the database is out of reach. stopping: the process was asked to end, and closes its listeners soon.',
);
const STATE = oneOf(['up', 'down'], 'Whether it answers.');
const CONDITION = object({ kind: text('An entry of the runbook.'), message: text('For an operator.') });
const STOPPED = object(
  {
    state: oneOf(['stopped'], 'Only while they are not sent.'),
    reason: text('Such as `by-hand` or `partner-unreachable`.') as Schema<SendingStop['reason']>,
    message: text('For a person.'),
    since: date('Since when.'),
  },
  { description: 'Only while orders are accepted and not sent: that is no fault of this process, which stays ready.' },
);

/** For probes. */
export const HEALTH_REPORT = named(
  'HealthReport',
  object({
    status: STATUS,
    database: STATE,
    queue: optional(STATE),
    conditions: optional(listOf(CONDITION, { description: 'The problems; absent without problems.' })),
    sending: optional(STOPPED),
  }),
);
export type HealthReport = TypeOf<typeof HEALTH_REPORT>;

/** For people: every part, and what it means. */
export const PARTS_REPORT = named(
  'PartsReport',
  object({
    status: STATUS,
    version: text('Of the gateway.'),
    commit: text('`unknown` where no one has recorded it.'),
    node: text('The version of Node.'),
    parts: listOf(PART),
    conditions: listOf(CONDITION),
  }),
);
export type PartsReport = TypeOf<typeof PARTS_REPORT>;

export const LIVE = named(
  'Live',
  object({ status: oneOf(['ok'], 'The process runs, and its event loop is not blocked.') }),
);
