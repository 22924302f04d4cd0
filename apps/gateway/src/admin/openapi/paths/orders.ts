import { named, text } from '../../../http/schema/schema.js';
import { ORDER_QUERY, ORDER_SEARCH } from '../../../orders/api/order-query.js';
import { PLAN, PLAN_LIST } from '../../../orders/ledger/plans/plan.js';
import { ORDER, ORDER_PAGE } from '../../../orders/order-view.js';
import {
  CONFIRMATION_CHECK,
  ORDER_COUNTS,
  PILES,
  PURGE_RESULT,
  REPLAY_RESULT,
} from '../../decisions/decision-answers.js';
import {
  CHECK_QUERY,
  PURGE_REQUEST,
  REPLAY_REQUEST,
  RESOLVE_REQUEST,
  WHY_REQUEST,
} from '../../decisions/decision-requests.js';
import { ORDER_WITH_EVIDENCE } from '../../decisions/evidence-view.js';
import { PLAN_REQUEST, RUN_REQUEST } from '../../plans/plan-requests.js';
import { sentHeader } from '../../../http/openapi/describe-calls.js';
import { describeAdminCalls, joinPaths } from '../describe-admin-calls.js';

const THE_ORDER = { 200: ['The order as it is now.', ORDER] } as const;
const DECIDED = ['order-not-found', 'decision-refused', 'second-person-needed'] as const;
const PLANS = ['plan-not-found'] as const;
const WHY = { because: { why: 'The shop was closed.' } };

/** Orders as operators see them. */
const READING = describeAdminCalls('Orders', 'viewer', {
  'get /admin/orders': [
    'findOrders',
    'Find orders of all producers',
    {
      description: 'Newest first. The audit notes who sees the phones of which orders.',
      query: ORDER_QUERY,
      answers: { 200: ['A page.', ORDER_PAGE] },
    },
  ],
  'post /admin/orders/search': [
    'searchOrdersOfAll',
    'Find orders by phone or card',
    {
      description: 'What leads to a person is in the body, because logs keep addresses.',
      body: [ORDER_SEARCH, { byPhone: { phone: '+79160000000' } }],
      answers: { 200: ['A page.', ORDER_PAGE] },
    },
  ],
  'get /admin/orders/{id}': [
    'lookAtOrder',
    'Look at an order, its history and the evidence',
    {
      description:
        'The evidence is there for an unknown order: the attempt without a known outcome, and the guarantee fund before and after it.',
      answers: { 200: ['The order and what is known of it.', ORDER_WITH_EVIDENCE] },
      problems: ['order-not-found'],
    },
  ],
  'get /admin/order-counts': [
    'countOrders',
    'How many orders wait, in which state, and since when',
    { answers: { 200: ['One entry for each state.', ORDER_COUNTS] } },
  ],
  'get /admin/piles': [
    'countPiles',
    'The former name of order-counts',
    { answers: { 200: ['The same with its former field.', PILES] }, more: { deprecated: true } },
  ],
  'get /admin/orders/plans': ['listPlans', 'The last plans', { answers: { 200: ['The newest first.', PLAN_LIST] } }],
  'get /admin/orders/plans/{id}': [
    'getPlan',
    'Look at a plan and how far it has come',
    { answers: { 200: ['The plan.', PLAN] }, problems: PLANS },
  ],
  'get /admin/orders/plans/{id}/events': [
    'followPlan',
    'Follow the progress of a plan',
    {
      description: 'Each event is the plan, whenever it has come further, until it is done or stopped.',
      headers: [sentHeader('Last-Event-ID', 'The id of the last event that you have.', text('As the stream had it.'))],
      answers: {
        200: ['The plan again and again.', text('Server-sent events.'), undefined, undefined, 'text/event-stream'],
        204: ['The plan is at rest, and you have its last event.'],
      },
      problems: [...PLANS, 'too-many-streams'],
    },
  ],
});

/** What operators decide about orders. */
const DECIDING = describeAdminCalls('Decisions', 'operator', {
  'get /admin/orders/{id}/check': [
    'checkConfirmation',
    'What a confirmation of an unknown order would do',
    {
      description: 'Тройка Бизнес is asked about its order; nothing is changed.',
      query: CHECK_QUERY,
      answers: { 200: ['What it would do, and why.', CONFIRMATION_CHECK] },
      problems: ['order-not-found'],
    },
  ],
  'post /admin/orders/{id}/resolve': [
    'resolveOrder',
    'Say what became of an unknown order',
    {
      body: [
        RESOLVE_REQUEST,
        {
          confirmed: { decision: 'confirmed', troikaOrderId: 4711, why: 'Seen in the account there.' },
          // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
          sentAgain: { decision: 'not-created', then: 'resend', why: 'The account there has no such order.' },
        },
      ],
      answers: THE_ORDER,
      problems: DECIDED,
    },
  ],
  'post /admin/orders/{id}/replay': [
    'replayOrder',
    'Send a failed or rejected order again',
    { body: [WHY_REQUEST, WHY], answers: THE_ORDER, problems: DECIDED },
  ],
  'post /admin/orders/replay': [
    'replayOrders',
    'Send many failed or rejected orders again',
    {
      description: 'The oldest first. Repeat it until the count is below the limit.',
      body: [REPLAY_REQUEST, { failed: { status: 'failed', limit: 100 } }],
      answers: { 200: ['How many.', REPLAY_RESULT] },
    },
  ],
  'post /admin/orders/purge': [
    'purgeOrders',
    'Throw away many orders that were never executed',
    {
      description: 'The oldest first.',
      body: [PURGE_REQUEST, { old: { status: ['failed', 'cancelled'], olderThanDays: 365 } }],
      answers: { 200: ['How many.', PURGE_RESULT] },
    },
  ],
  'post /admin/orders/plans': [
    'makePlan',
    'Plan one decision about many orders',
    {
      description: 'Says what would happen: how many orders, which not and why, roubles at stake. Nothing is decided.',
      body: [
        named('PlanRequest', PLAN_REQUEST),
        {
          // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
          notCreated: { decision: 'not-created', then: 'resend', filter: { status: 'unknown', reason: 'timeout' } },
          cancel: { decision: 'cancel', filter: { key: 'shop' }, why: 'The shop was closed.' },
        },
      ],
      answers: { 201: ['The plan.', PLAN] },
      problems: ['filter-too-wide'],
    },
  ],
  'post /admin/orders/plans/{id}/run': [
    'runPlan',
    'Run a plan, or continue one that was stopped',
    {
      description: 'In the background; the count of the plan is repeated as a proof that it was read.',
      body: [RUN_REQUEST, { read: { count: 0 } }],
      answers: { 202: ['The plan as it is now; with `Accept: text/event-stream` its progress.', PLAN] },
      other: { 'text/event-stream': { schema: text('Server-sent events.') } },
      problems: [...PLANS, 'plan-changed', 'plan-not-startable', 'second-person-needed', 'too-many-streams'],
    },
  ],
  'post /admin/orders/plans/{id}/stop': [
    'stopPlan',
    'Stop a plan after the batch in progress',
    {
      description: 'What is decided stays decided.',
      answers: { 200: ['The plan as it is now.', PLAN] },
      problems: [...PLANS, 'plan-not-running'],
    },
  ],
});

export const ORDER_PATHS = joinPaths(READING, DECIDING);
