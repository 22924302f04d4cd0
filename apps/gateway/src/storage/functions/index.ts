import { anonymiseCallbacks } from './anonymise-callbacks.js';
import { anonymiseLine } from './anonymise-line.js';
import { anonymiseOrderBody } from './anonymise-order-body.js';
import { auditAppendOnly } from './audit-append-only.js';
import { cardsStayErased } from './cards-stay-erased.js';
import { cardsTakeHolderMsisdn } from './cards-take-holder-msisdn.js';
import { judgeSendingHold } from './judge-sending-hold.js';
import { ledgerFacts } from './ledger-facts.js';
import { maskCardNumber } from './mask-card-number.js';
import { membersGiveMsisdn } from './members-give-msisdn.js';
import { orderEventType } from './order-event-type.js';
import { orderEventsSetType } from './order-events-set-type.js';
import { orderTicketsHastenTrack } from './order-tickets-hasten-track.js';
import { ordersRefuseIllegalTransition } from './orders-refuse-illegal-transition.js';
import { ordersStartTrack } from './orders-start-track.js';
import { outsideWindowSince } from './outside-window-since.js';
import { queueAlerts } from './queue-alerts.js';
import { queueCallbacks } from './queue-callbacks.js';
import { serverRun } from './server-run.js';
import { withoutCase } from './without-case.js';
import type { DatabaseFunction } from './database-function.js';

/** Every function of the schema with its trigger, each behind those that it calls. */
export const FUNCTIONS: readonly DatabaseFunction[] = [
  maskCardNumber,
  anonymiseLine,
  anonymiseOrderBody,
  anonymiseCallbacks,
  withoutCase,
  orderEventType,
  orderEventsSetType,
  queueCallbacks,
  queueAlerts,
  ordersRefuseIllegalTransition,
  ordersStartTrack,
  orderTicketsHastenTrack,
  judgeSendingHold,
  cardsTakeHolderMsisdn,
  cardsStayErased,
  membersGiveMsisdn,
  ledgerFacts,
  serverRun,
  outsideWindowSince,
  auditAppendOnly,
];
