import type pg from 'pg';
import { newId } from '../../../core/new-id.js';
import type { Actor } from '../../../audit/actor.js';
import { conditionsOf } from '../list-orders.js';
import { orderCosts } from '../order-costs.js';
import { PLAN_RULES, PLAN_STATUSES, type PlanDecision } from './plan-decisions.js';
import { findPlan, type Plan, type PlanFilter } from './plan.js';

/** More are for several plans. */
export const MOST_PLANNED = 100_000;

/**
 * Finds the orders of a filter, and keeps which of them a decision can be made about and what they cost. Nothing is
 * decided.
 *
 * @returns undefined when there are more than {@link MOST_PLANNED}
 */
export async function makePlan(
  pool: pg.Pool,
  { decision, filter }: { decision: PlanDecision; filter: PlanFilter },
  { who, why }: Actor,
): Promise<Plan | undefined> {
  const id = newId();
  const { condition, otherwise } = PLAN_RULES[decision];
  const statuses = PLAN_STATUSES[decision].map((status) => `'${status}'`).join(', ');
  const values: unknown[] = [id, who, why ?? null, decision, JSON.stringify(keptOf(filter)), otherwise];
  await pool.query(
    `
with found as (
  select o.id, o.status, o.body, ${condition} as fits
    from orders o left join order_attempts a on a.order_id = o.id and a.number = o.attempts
   where ${[...ofOrders(filter, values), ...ofAttempts(filter, values)].join(' and ') || 'true'}
   limit ${MOST_PLANNED + 1}
), ${orderCosts('found')}, priced as (
  select f.id, f.status, f.fits, t.roubles from found f left join totals t using (id)
), chosen as (
  select * from priced where ${ofAmounts(filter, values)}
), left_out as (
  select case when status in (${statuses}) then $6::text else 'it is ' || status end as why, count(*)::int as count
    from chosen where not fits group by 1
), plan as (
  insert into order_plans (id, who, why, decision, filter, summary, total)
  select $1, $2, $3, to_jsonb($4::text), $5::jsonb,
         jsonb_build_object('roubles', (select coalesce(trim_scale(sum(roubles)), 0)::text from chosen where fits),
           'withoutPrice', (select count(*) from chosen where fits and roubles is null),
           'left', (select coalesce(jsonb_agg(jsonb_build_object('why', why, 'count', count) order by count desc), '[]') from left_out)),
         (select count(*) from chosen where fits)
   where (select count(*) from found) <= ${MOST_PLANNED}
  returning id
)
insert into order_plan_orders (plan_id, order_id) select p.id, c.id from plan p, chosen c where c.fits
`,
    values,
  );
  return await findPlan(pool, id);
}

/** What a plan says of its filter: of orders that were picked their number, as it keeps the orders themselves. */
function keptOf({ ids, ...filter }: PlanFilter): object {
  return ids === undefined ? filter : { ...filter, picked: new Set(ids).size };
}

function ofOrders(filter: PlanFilter, values: unknown[]): string[] {
  const conditions = conditionsOf(filter, values);
  if (filter.statuses !== undefined) {
    conditions.push(`status in (${filter.statuses.map((status) => `'${status}'`).join(', ')})`);
  }
  if (filter.ids !== undefined) conditions.push(`id = any($${values.push(filter.ids)}::uuid[])`);
  if (filter.key !== undefined) conditions.push(`api_key_name = $${values.push(filter.key)}`);
  return conditions.map((condition) => `o.${condition}`);
}

function ofAttempts({ reason, httpStatus }: PlanFilter, values: unknown[]): string[] {
  return [
    ...(reason === undefined ? [] : [`a.reason = $${values.push(reason)}`]),
    ...(httpStatus === undefined ? [] : [`a.http_status = $${values.push(httpStatus)}`]),
  ];
}

function ofAmounts({ amountFrom, amountTo }: PlanFilter, values: unknown[]): string {
  const conditions = [
    ...(amountFrom === undefined ? [] : [`roubles >= $${values.push(amountFrom)}::numeric`]),
    ...(amountTo === undefined ? [] : [`roubles <= $${values.push(amountTo)}::numeric`]),
  ];
  return conditions.join(' and ') || 'true';
}
