import type { Actor } from '../../audit/actor.js';
import { WHY as WHY_TEXT } from '../../audit/why.js';
import { moment, uuid } from '../../http/schema/formats.js';
import { bodyReader } from '../../http/schema/read-request.js';
import {
  choicesOf,
  integer,
  listOf,
  oneOf,
  optional,
  refused,
  request,
  someOf,
  textUpTo,
  where,
  type Schema,
} from '../../http/schema/schema.js';
import { MAX_REFERENCE } from '../../orders/api/order-query.js';
import { MOST_PLANNED } from '../../orders/ledger/plans/make-plan.js';
import type { PlanDecision } from '../../orders/ledger/plans/plan-decisions.js';
import type { PlanFilter } from '../../orders/ledger/plans/plan.js';
import { ORDER_STATUSES } from '../../orders/order-status.js';

const MAX_NAME = 255;
/** What a person picks one by one; more are found by a filter. */
const MOST_PICKED = 1_000;
const ROUBLES = { minimum: 0, maximum: 1_000_000_000 };
const WHY = optional(WHY_TEXT);

const PLAN_FILTER = request({
  ids: optional(
    listOf(uuid('The id of an order.'), { maxItems: MOST_PICKED, description: 'Only among these orders.' }),
  ),
  status: optional(someOf(ORDER_STATUSES, 'Only orders in these states.')),
  reason: optional(textUpTo(MAX_NAME, 'Why the last attempt had no valid answer, such as http-status or timeout.')),
  httpStatus: optional(integer('What the last attempt was answered.', { minimum: 100, maximum: 599 })),
  reference: optional(textUpTo(MAX_REFERENCE, 'Only orders with this reference.')),
  from: optional(moment('Accepted at this moment or later.')),
  to: optional(moment('Accepted before this moment.')),
  key: optional(textUpTo(MAX_NAME, 'The name of the key of the producer.')),
  amountFrom: optional(integer('Roubles, at the prices of the catalogue.', ROUBLES)),
  amountTo: optional(integer('Roubles, at the prices of the catalogue.', ROUBLES)),
});
const readFilter = bodyReader(PLAN_FILTER, 'filter');

const DECISIONS = ['not-created', 'replay', 'cancel', 'purge'] as const;
// oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
const fieldThen = <F>(field: F): { then: F } => ({ then: field });
const FILTER: Schema = PLAN_FILTER;

/** What `POST /admin/orders/plans` takes. */
export const PLAN_REQUEST = request(
  {
    decision: oneOf(DECISIONS, 'What is to be decided about each of the orders.'),
    ...fieldThen(optional(oneOf(['resend', 'fail'], 'What to do with orders that were not created.'))),
    filter: optional(FILTER),
    why: WHY,
  },
  where(
    'decision',
    { const: 'not-created' },
    { required: ['then'] },
    { properties: fieldThen(refused('Only for the decision "not-created".')) },
  ),
);
// The filter is read separately, so that each of its faults is reported under its own name.
const readPlan = bodyReader({ ...PLAN_REQUEST, properties: { ...(PLAN_REQUEST['properties'] as object), filter: {} } });

/** @throws ProblemError 422 with every fault */
export function readPlanRequest(
  body: unknown,
  who: string,
): { plan: { decision: PlanDecision; filter: PlanFilter }; actor: Actor } {
  const {
    decision: given,
    then,
    filter: unread,
    why,
  } = readPlan(body) as {
    readonly decision: (typeof DECISIONS)[number];
    readonly then?: 'resend' | 'fail';
    readonly filter?: unknown;
    readonly why?: string;
  };
  const { status, ...filter } = readFilter(unread);
  const decision = given === 'not-created' ? (then ?? 'fail') : given;
  const statuses = status === undefined ? undefined : choicesOf(status);
  return { plan: { decision, filter: { ...filter, statuses } }, actor: { who, why } };
}

/** What `POST /admin/orders/plans/{id}/run` takes. */
export const RUN_REQUEST = request({
  count: integer('How many orders the plan is about, repeated.', { minimum: 0, maximum: MOST_PLANNED }),
  why: WHY,
});
const readRun = bodyReader(RUN_REQUEST);

/** @throws ProblemError 422 with every fault */
export function readRunRequest(body: unknown, who: string): { count: number; actor: Actor } {
  const { count, why } = readRun(body);
  return { count, actor: { who, why } };
}
