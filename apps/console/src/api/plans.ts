import { call } from './call.js';
import { follow } from './follow.js';
import type { OrderSearch } from './orders.js';
import type { Result } from './problem.js';

/** What is decided about many orders at once. */
export type PlanDecision = 'resend' | 'fail' | 'replay' | 'cancel' | 'purge';

/** A decision about many orders: first what it would do, and then how far it has come. */
export interface Plan {
  readonly id: string;
  readonly state: 'planned' | 'running' | 'stopped' | 'done';
  readonly decision: PlanDecision;
  readonly who: string;
  readonly why: string | null;
  readonly count: number;
  readonly roubles: string;
  readonly withoutPrice: number;
  readonly left: readonly { readonly why: string; readonly count: number }[];
  readonly decided: number;
  readonly skipped: number;
  readonly createdAt: string;
}

/** The orders that were picked, or all that are found. */
export type PlanFilter = { readonly ids: readonly string[] } | OrderSearch;

const PLANS = '/admin/orders/plans';

/** Finds out what a decision would do; nothing is decided. */
export function makePlan(decision: PlanDecision, filter: PlanFilter, why: string): Promise<Result<Plan>> {
  const isNotCreated = decision === 'resend' || decision === 'fail';
  // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
  const what = isNotCreated ? { decision: 'not-created', then: decision } : { decision };
  return call('POST', PLANS, { body: { ...what, filter, why } });
}

export function listPlans(): Promise<Result<{ readonly plans: readonly Plan[] }>> {
  return call('GET', PLANS);
}

export function lookAtPlan(id: string): Promise<Result<Plan>> {
  return call('GET', pathOf(id));
}

/** @param count how many orders it is about, as the person has typed it */
export function runPlan(id: string, count: number, why: string): Promise<Result<Plan>> {
  return call('POST', `${pathOf(id)}/run`, { body: { count, ...(why === '' ? {} : { why }) } });
}

export function stopPlan(id: string): Promise<Result<Plan>> {
  return call('POST', `${pathOf(id)}/stop`);
}

/** Shows how far a running plan has come, until it is at rest or the signal ends it. */
export async function followPlan(id: string, onChange: (plan: Plan) => void, signal: AbortSignal): Promise<void> {
  await follow(`${pathOf(id)}/events`, (data) => onChange(JSON.parse(data) as Plan), signal);
}

const pathOf = (id: string): string => `${PLANS}/${encodeURIComponent(id)}`;
