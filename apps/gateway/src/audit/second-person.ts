import type { Pool } from 'pg';
import { problem } from '../http/problem.js';
import { statement } from '../storage/statement.js';
import type { AuditAction } from './action.js';
import type { Actor } from './actor.js';

/** A decision that one person alone does not make. */
export interface Proposal {
  readonly action: AuditAction;
  /** What it is about; one decision about it can be proposed at a time. */
  readonly subject: { readonly orderId: string } | { readonly cardNumber: string };
  /** The decision in a form that is the same for the same decision. */
  readonly wanted: string;
}

const ACTION: AuditAction = 'decision.propose';
const COUNTS_FOR = `interval '1 day'`;

const AGREE = statement('agree-on-decision')`
with old as (
  delete from proposed_decisions where proposed_at < now() - ${COUNTS_FOR} and (action, subject) <> ($1, $2)
), agreed as (
  delete from proposed_decisions
   where action = $1 and subject = $2 and wanted = $3 and who <> $4 and proposed_at > now() - ${COUNTS_FOR}
  returning who
), proposed as (
  insert into proposed_decisions (action, subject, wanted, who)
  select $1, $2, $3, $4 where not exists (select from agreed)
  on conflict (action, subject) do update set wanted = excluded.wanted, who = excluded.who, proposed_at = now()
  returning action
), audited as (
  insert into audit (who, action, order_id, card_number, why, details)
  select $4, '${ACTION}', $5::uuid, $6, $7, jsonb_build_object('decision', action, 'wanted', $3::text) from proposed
)
select who from agreed`;

/**
 * Whether a second person agrees: who makes the same decision within a day of another one. Otherwise this person has proposed
 * it from now on.
 *
 * @returns the name of the one who proposed it before; undefined: it waits
 */
export async function agreeOnDecision(
  pool: Pool,
  { action, subject, wanted }: Proposal,
  { who, why }: Actor,
): Promise<string | undefined> {
  const [orderId, cardNumber] = 'orderId' in subject ? [subject.orderId, null] : [null, subject.cardNumber];
  const values = [action, orderId ?? cardNumber, wanted, who, orderId, cardNumber, why ?? null];
  const { rows } = await pool.query<{ who: string }>({ ...AGREE, values });
  return rows[0]?.who;
}

/** What the first of the two is answered. */
export const WAITS_FOR_SECOND_PERSON = problem(
  'second-person-needed',
  'Nothing is done yet: this needs two persons (SECOND_PERSON). It is noted that you want it; it is done when another operator makes the same decision within a day.',
);
