import { named, oneOf } from '../http/schema/schema.js';

/** The states of an order: the values of `status` in every answer of the orders API. */
export const ORDER_STATUSES = [
  'accepted',
  'sending',
  'retrying',
  'confirmed',
  'rejected',
  'unknown',
  'failed',
  'cancelled',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const ORDER_STATUS = named(
  'OrderStatus',
  oneOf(
    ORDER_STATUSES,
    `What has become of an order:

- \`accepted\`: committed here, not sent yet
- \`sending\`: an attempt is under way
- \`retrying\`: surely not executed there; the next attempt is scheduled
- \`confirmed\`: Тройка Бизнес answered 0: paid
- \`rejected\`: Тройка Бизнес answered another code: final
- \`unknown\`: bytes may have reached it and no valid answer came back, or it answered 0 without an id of the order's own; an operator decides, or a rule
- \`failed\`: gave up, surely never executed there
- \`cancelled\`: cancelled, here or there`,
  ),
);

/**
 * Every change of state that may happen, and what brings it about. The database holds the same table and refuses any
 * other change (migrations 0001-ledger, 0014-late-evidence, 0016-sending-guard and 0022-ids-at-the-partner); a test keeps the two alike.
 */
export const TRANSITIONS: Readonly<Record<OrderStatus, Partial<Record<OrderStatus, string>>>> = {
  accepted: {
    sending: 'a worker claims it',
    cancelled: 'the producer cancels before it is sent',
    unknown: 'the ledger went back in time, and a person says that it may have been sent before',
  },
  sending: {
    confirmed: 'the partner answered 0',
    rejected: 'the partner answered another code',
    retrying: 'surely not executed there, and the schedule has a next attempt',
    failed: 'surely not executed there, and the schedule is used up',
    unknown: 'bytes may have arrived and no valid answer came back, or the lease ran out',
  },
  retrying: {
    sending: 'a worker claims the next attempt',
    failed: 'a person gives up',
    cancelled: 'the producer cancels between attempts',
    confirmed: 'a late answer of an earlier attempt says it was executed',
    unknown: 'a late answer of an earlier attempt is 0 without an id of its own, or a person says as for accepted',
  },
  unknown: {
    confirmed: 'a person, or an answer that came after the lease, says it was executed',
    rejected: 'an answer that came after the lease says it was refused',
    retrying: 'a person or a rule says it was not executed, and sends it again',
    failed: 'a person says it was not executed, and gives up',
  },
  confirmed: { cancelled: 'the partner cancelled it on request' },
  rejected: { retrying: 'a person replays it' },
  failed: {
    retrying: 'a person replays it',
    confirmed: 'a late answer says it was executed after all',
    unknown: 'a late answer is 0 without an id of its own',
  },
  cancelled: {},
};
