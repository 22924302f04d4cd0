import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import type { TargetClaim } from './claim-target.js';

/** A target of which the claim has passed to another process stays as that leaves it; what arrived has arrived. */
const DELIVERED = statement('alert-delivered')`
with settled as (
  update alert_targets
     set failures = 0, failing_since = null, last_success_at = now(), claimed_until = now() + $4 * interval '1 millisecond'
   where name = $1 and claim_id = $2::uuid
  returning name
), done as (
  delete from alert_deliveries where target = $1 and (id = $3::bigint or together_with = $3::bigint)
)
select exists (select from settled) as "isHeld"`;

/** @returns whether the claim still holds; its lease begins again */
export async function settleDelivered(
  pool: Pool,
  { target, claimId }: TargetClaim,
  { deliveryId, leaseMs }: { deliveryId: string; leaseMs: number },
): Promise<boolean> {
  const { rows } = await pool.query<{ isHeld: boolean }>({
    ...DELIVERED,
    values: [target, claimId, deliveryId, leaseMs],
  });
  return rows[0]?.isHeld === true;
}

const FAILED = statement('alert-failed')`
update alert_targets
   set failures = failures + 1, failing_since = coalesce(failing_since, now()), last_failure_at = now(), last_failure = $3,
       not_before = now() + $4 * interval '1 millisecond', claim_id = null, claimed_until = '-infinity'
 where name = $1 and claim_id = $2::uuid`;

/** Ends a claim: the alert stays the target's next one, due after a while. */
export async function settleFailed(
  pool: Pool,
  { target, claimId }: TargetClaim,
  { why, retryInMs }: { why: string; retryInMs: number },
): Promise<void> {
  await pool.query({ ...FAILED, values: [target, claimId, why, retryInMs] });
}

const RELEASE = statement('release-alert-target')`
update alert_targets set claim_id = null, claimed_until = '-infinity' where name = $1 and claim_id = $2::uuid`;

/** Ends a claim with which nothing is left to do. */
export async function releaseTarget(pool: Pool, { target, claimId }: TargetClaim): Promise<void> {
  await pool.query({ ...RELEASE, values: [target, claimId] });
}
