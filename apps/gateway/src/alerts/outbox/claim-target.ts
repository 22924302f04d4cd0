import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import type { AlertedEvent, AlertPhase } from '../alert.js';

/** The right to deliver to a target, one alert after the other, until the lease ends. */
export interface TargetClaim {
  readonly claimId: string;
  readonly target: string;
  /** Attempts in a row that have failed. */
  readonly failures: number;
}

const CLAIM = statement('claim-alert-targets')`
update alert_targets t
   set claim_id = $2::uuid, claimed_until = now() + $3 * interval '1 millisecond'
 where t.name in (
       select n.name from alert_targets n
        where n.name = any($1::text[]) and n.claimed_until <= now() and n.not_before <= now()
          and exists (select from alert_deliveries d where d.target = n.name)
        for no key update skip locked)
returning t.claim_id as "claimId", t.name as target, t.failures`;

/**
 * Takes targets that have something due and that no process delivers to. One process at a time does, so alerts arrive
 * in their order; the lease of one that has died runs out.
 */
export async function claimTargets(
  pool: Pool,
  { targets, leaseMs }: { targets: readonly string[]; leaseMs: number },
): Promise<TargetClaim[]> {
  const { rows } = await pool.query<TargetClaim>({ ...CLAIM, values: [targets, randomUUID(), leaseMs] });
  return rows;
}

/** What a target gets next. */
export interface DueAlert extends AlertedEvent {
  readonly deliveryId: string;
  readonly phase: AlertPhase;
  /** How many further moments of its kind go with it. */
  readonly more: number;
}

/**
 * The oldest that waits. Moments of its kind that wait behind it go with it, so that a thousand odd answers are not a
 * thousand messages; which ones is written down, because every attempt has to say the same.
 */
const NEXT = statement('next-alert')`
with first as (
  select d.id, d.phase, d.together_with, e.id as event_id, e.kind, e.severity, e.message, e.details, e.at, e.closed_at,
         d.phase = 'opened' and e.closed_at is not distinct from e.at as is_moment
    from alert_deliveries d join operator_events e on e.id = d.event_id
   where d.target = $1 order by d.id limit 1
), joined as (
  update alert_deliveries d set together_with = f.id
    from first f, operator_events e
   where f.is_moment and f.together_with is null
     and d.target = $1 and d.phase = 'opened' and e.id = d.event_id and e.kind = f.kind and e.closed_at = e.at
  returning d.id
)
select f.id as "deliveryId", f.phase, f.event_id as "eventId", f.kind, f.severity, f.message, f.details, f.at as "openedAt",
       f.closed_at as "closedAt",
       greatest(0, (select count(*) from joined) - 1,
         (select count(*) from alert_deliveries d where d.target = $1 and d.together_with = f.id) - 1)::int as more
  from first f`;

/** @returns undefined when nothing waits for the target */
export async function findNextAlert(pool: Pool, target: string): Promise<DueAlert | undefined> {
  const { rows } = await pool.query<DueAlert>({ ...NEXT, values: [target] });
  return rows[0];
}
