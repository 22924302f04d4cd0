import type pg from 'pg';
import { date, uuid } from '../../../http/schema/formats.js';
import {
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
import type { OrderFilter } from '../order-search.js';
import { PLAN_DECISIONS } from './plan-decisions.js';

/** Which orders a plan is about; undefined leaves a field open. */
export interface PlanFilter extends OrderFilter {
  /** Only among these, as a person has picked them. */
  readonly ids?: readonly string[] | undefined;
  /** Why the last attempt had no valid answer, such as `http-status` or `timeout`. */
  readonly reason: string | undefined;
  /** What the last attempt was answered. */
  readonly httpStatus: number | undefined;
  /** The name of the producer's key. */
  readonly key: string | undefined;
  /** Roubles, at the prices of the catalogue, both included. */
  readonly amountFrom: number | undefined;
  readonly amountTo: number | undefined;
}

const FILTER: Schema<Partial<PlanFilter>> = {
  type: 'object',
  additionalProperties: true,
  description: 'Which orders it is about.',
};
const LEFT = object({ why: text('Why it cannot be decided about them.'), count: integer('How many.', { minimum: 0 }) });
/** What was found when the plan was made. */
const SUMMARY = {
  roubles: text('What the orders to be decided cost at the prices of the catalogue, exact.'),
  withoutPrice: integer('Orders with a line whose price the catalogue does not have.', { minimum: 0 }),
  left: listOf(LEFT, { description: 'Orders that the filter finds and the decision cannot be made about.' }),
};

export const PLAN = named(
  'Plan',
  object({
    id: uuid('The id of the plan.'),
    state: oneOf(['planned', 'running', 'stopped', 'done'], 'How far it is.'),
    decision: oneOf(PLAN_DECISIONS, 'What is decided about each order.'),
    filter: FILTER,
    who: text('The name of the key that made it.'),
    why: orNull(text('The reason given.')),
    count: integer('How many orders are to be decided; to be repeated by the one who runs it.', { minimum: 0 }),
    ...SUMMARY,
    decided: integer('Orders that are decided.', { minimum: 0 }),
    skipped: integer('Orders that no longer met the conditions when the runner reached them.', { minimum: 0 }),
    createdAt: date('When it was made.'),
    startedAt: orNull(date('When it was run.')),
    endedAt: orNull(date('When it ended.')),
  }),
);
export type Plan = TypeOf<typeof PLAN>;
export type PlanSummary = Pick<Plan, keyof typeof SUMMARY>;
/** The newest first. */
export const PLAN_LIST = named('PlanList', object({ plans: listOf(PLAN) }));

const COLUMNS = `
p.id, p.state, p.decision #>> '{}' as decision, p.filter, p.who, p.why, p.total as count,
       p.summary ->> 'roubles' as roubles, (p.summary ->> 'withoutPrice')::int as "withoutPrice", p.summary -> 'left' as "left",
       (select count(*)::int from order_plan_orders o where o.plan_id = p.id and o.outcome = 'decided') as decided,
       (select count(*)::int from order_plan_orders o where o.plan_id = p.id and o.outcome = 'skipped') as skipped,
       p.created_at as "createdAt", p.started_at as "startedAt", p.ended_at as "endedAt"`;

export async function findPlan(pool: pg.Pool, id: string): Promise<Plan | undefined> {
  const { rows } = await pool.query<Plan>(`select ${COLUMNS} from order_plans p where p.id = $1`, [id]);
  return rows[0];
}

const MOST_LISTED = 100;

/** The newest first. */
export async function listPlans(pool: pg.Pool): Promise<Plan[]> {
  const { rows } = await pool.query<Plan>(
    `select ${COLUMNS} from order_plans p order by p.created_at desc limit ${MOST_LISTED}`,
  );
  return rows;
}
