import type pg from 'pg';
import type { OrderFilter } from '../list-orders.js';
import type { PlanDecision } from './plan-decisions.js';

/** Which orders a plan is about; undefined leaves a field open. */
export interface PlanFilter extends OrderFilter {
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

/** What was found when the plan was made. */
export interface PlanSummary {
  /** What the orders to be decided cost at the prices of the catalogue, exact. */
  readonly roubles: string;
  /** Orders with a line whose price the catalogue does not have. */
  readonly withoutPrice: number;
  /** Orders that the filter finds and the decision cannot be made about, by why. */
  readonly left: readonly { readonly why: string; readonly count: number }[];
}

export interface Plan extends PlanSummary {
  readonly id: string;
  readonly state: 'planned' | 'running' | 'stopped' | 'done';
  readonly decision: PlanDecision;
  readonly filter: Partial<PlanFilter>;
  readonly who: string;
  readonly why: string | null;
  /** How many orders are to be decided; to be repeated by the one who runs it. */
  readonly count: number;
  readonly decided: number;
  /** Orders that no longer met the conditions when the runner reached them. */
  readonly skipped: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

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
