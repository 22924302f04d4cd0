import type pg from 'pg';
import type { AuditAction } from '../../../audit/action.js';
import type { Actor } from '../../../audit/actor.js';
import { statement, type Statement } from '../../../storage/statement.js';
import type { SendJob } from '../send-job.js';
import { PLAN_DECISIONS, PLAN_RULES, type PlanDecision } from './plan-decisions.js';

const ACTION: AuditAction = 'orders.plan';

/** Who runs a plan gives a sign of life with each batch; after so long without one, another may continue. */
const SILENT = `interval '30 seconds'`;

const START = statement('start-plan')`
with begun as (
  update order_plans p
     set state = 'running', started_at = coalesce(p.started_at, now()), heartbeat_at = now(), ended_at = null
   where p.id = $1 and p.total = $2
     and (p.state in ('planned', 'stopped') or (p.state = 'running' and p.heartbeat_at < now() - ${SILENT}))
  returning p.id, p.decision, p.filter, p.total
)
insert into audit (who, action, why, details)
select $3, '${ACTION}', $4,
       jsonb_build_object('plan', b.id, 'decision', b.decision, 'filter', b.filter, 'count', b.total,
         'orders', (select coalesce(jsonb_agg(order_id order by order_id), '[]') from order_plan_orders
                     where plan_id = b.id and outcome is null))
  from begun b`;

/** Begins or continues a plan, and writes the audit with all that is still to be decided. @returns false: not now, or another count */
export async function startPlan(pool: pg.Pool, id: string, count: number, { who, why }: Actor): Promise<boolean> {
  const { rowCount } = await pool.query({ ...START, values: [id, count, who, why ?? null] });
  return rowCount === 1;
}

const STOP = statement('stop-plan')`
update order_plans set state = 'stopped', ended_at = now() where id = $1 and state = 'running'`;

/** Asks the one who runs a plan to stop after its batch. @returns false when it is not running */
export async function stopPlan(pool: pg.Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query({ ...STOP, values: [id] });
  return rowCount === 1;
}

const BATCH = 200;

function runStatement(decision: PlanDecision): Statement {
  const { condition, change, event } = PLAN_RULES[decision];
  const noted =
    event === undefined
      ? ''
      : `, noted as (
  insert into order_events (order_id, status, cause, who) select id, '${event.status}', '${event.cause}', $2 from decided
)`;
  return statement(`run-plan-${decision}`)`
with live as (
  update order_plans set heartbeat_at = now() where id = $1 and state = 'running' returning id
), batch as (
  select p.order_id from order_plan_orders p join live on p.plan_id = live.id
   where p.outcome is null order by p.order_id limit ${BATCH} for update of p
), locked as (
  select o.id from orders o join batch b on b.order_id = o.id where ${condition} order by o.id for update of o
), decided as (
  ${change}
)${noted}, marked as (
  update order_plan_orders p
     set outcome = case when d.id is null then 'skipped' else 'decided' end
    from batch b left join decided d on d.id = b.order_id
   where p.plan_id = $1 and p.order_id = b.order_id
)
select b.order_id as "orderId", d.generation from batch b left join decided d on d.id = b.order_id
 where $2::text is not null`;
}

const RUN = new Map(PLAN_DECISIONS.map((decision) => [decision, runStatement(decision)]));

const END = statement('end-plan')`
update order_plans set state = 'done', ended_at = now() where id = $1 and state = 'running'`;

/**
 * Decides about the next orders of a running plan, each as a decision about it alone would. What is not what it had to be
 * any more is skipped.
 *
 * @returns the orders of this batch that are to be sent; undefined when the plan has come to its end or was stopped
 */
export async function runBatch(
  pool: pg.Pool,
  { id, decision, who }: { id: string; decision: PlanDecision; who: string },
): Promise<SendJob[] | undefined> {
  const run = RUN.get(decision);
  if (run === undefined) throw new Error(`no rule for ${decision}`);
  const { rows } = await pool.query<{ orderId: string; generation: number | null }>({ ...run, values: [id, who] });
  if (rows.length === 0) {
    await pool.query({ ...END, values: [id] });
    return undefined;
  }
  if (PLAN_RULES[decision].event?.status !== 'retrying') return [];
  return rows.flatMap(({ orderId, generation }) => (generation === null ? [] : [{ orderId, generation }]));
}
