import type pg from 'pg';
import type { AuditAction } from '../../../audit/action.js';
import type { Actor } from '../../../audit/actor.js';
import type { OperatorEvent } from '../../../operator-events/operator-events.js';
import type { SendingState, StopReason } from './sending-state.js';
import { statement } from '../../../storage/statement.js';

const STOP_ACTION: AuditAction = 'sending.stop';

const STOP_BY_HAND = statement('stop-sending-by-hand')`
with stopped as (
  update sending_guard
     set since = case when state = 'open' then now() else since end, state = 'stopped', may_continue = false,
         reason = coalesce(reason, 'by-hand'), message = coalesce(message, 'Stopped by hand.'), decided_by = $1, why = $2
   where state = 'open' or may_continue
  returning reason
), audited as (
  insert into audit (who, action, why, details) select $1, '${STOP_ACTION}', $2, jsonb_build_object('reason', reason) from stopped
), noted as (
  insert into operator_events (kind, severity, message, details, closed_at)
  select 'sending.stopped', 'warning',
         format('%s has stopped sending: %s. Orders are accepted and wait. It continues after POST /admin/sending/resume.', $1::text, $2::text),
         jsonb_build_object('who', $1::text, 'why', $2::text), null
    from stopped
  on conflict (kind) where closed_at is null do nothing
)
select count(*)::int as changed from stopped`;

/**
 * A person stops sending in all processes. A stop by the gateway that could resume automatically becomes a manual one.
 *
 * @returns false when it was stopped already: nothing is changed, and the audit has no second entry
 */
export async function stopSendingByHand(pool: pg.Pool, { who, why }: Actor): Promise<boolean> {
  const { rows } = await pool.query<{ changed: number }>({
    ...STOP_BY_HAND,
    values: [who, why ?? null],
  });
  return rows[0]?.changed === 1;
}

/** What a worker has found out about the ledger. */
export interface LedgerFinding {
  readonly reason: Exclude<StopReason, 'by-hand'>;
  readonly mayContinue: boolean;
  readonly event: OperatorEvent;
}

const STOP_BY_FINDING = statement('stop-sending-by-finding')`
with stopped as (
  update sending_guard g
     set since = case when g.state = 'open' then now() else g.since end, state = 'stopped',
         reason = $1, message = $2, may_continue = $3 and g.reason is null, findings = $4::jsonb,
         last_beat_at = coalesce(case when g.state = 'stopped' then g.last_beat_at end,
                                 (select max(heartbeat_at) from sending_workers))
   where g.identity_since = $5::timestamptz and (not $6 or g.identity <> ledger_facts())
     -- What a person has stopped, or what must wait for one already, stays as it was found first.
     and (g.state = 'open' or (g.may_continue and not $3) or (g.reason = 'by-hand' and g.findings = '{}'))
  returning g.reason
), noted as (
  insert into operator_events (kind, severity, message, details, closed_at)
  select $7, $8, $2, $4::jsonb, null from stopped
  on conflict (kind) where closed_at is null do nothing
)
select count(*)::int as changed from stopped`;

/**
 * A worker stops sending in all processes. Of several with the same finding, the first writes the operator event;
 * another one is written when a worker finds that sending cannot resume automatically.
 *
 * @param seen the state the finding was made on: when a person has decided since, nothing is changed
 * @param byIdentity the finding is that the facts differ, which the statement itself checks again
 * @returns whether this changed anything
 */
export async function stopSendingByFinding(
  pool: pg.Pool,
  { reason, mayContinue, event }: LedgerFinding,
  { seen, byIdentity }: { seen: Pick<SendingState, 'identitySince'>; byIdentity: boolean },
): Promise<boolean> {
  const { kind, severity, message, details } = event;
  const { rows } = await pool.query<{ changed: number }>({
    ...STOP_BY_FINDING,
    values: [reason, message, mayContinue, JSON.stringify(details), seen.identitySince, byIdentity, kind, severity],
  });
  return rows[0]?.changed === 1;
}
