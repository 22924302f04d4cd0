import type { Pool } from 'pg';
import { ColumnArrays } from '../../storage/column-arrays.js';
import { statement } from '../../storage/statement.js';
import { OUTCOME_TABLE } from '../sending/outcome-table.js';
import { unsent } from '../sending/settlement.js';
import type { Claim, ClaimRequest } from './claim.js';
import { settleAttempts, type AttemptSettlement } from './settle-attempts.js';

const CLAIMS = new ColumnArrays<Pick<ClaimRequest, 'orderId' | 'claimId'>>({
  id: ['uuid', ({ orderId }) => orderId],
  claim_id: ['uuid', ({ claimId }) => claimId],
});

const FIND = statement('find-claims')`
select id as "orderId", attempts as attempt
  from orders join ${CLAIMS.rowsAs('c')} using (id, claim_id) where status = 'sending'`;

/**
 * Puts orders back whose claims were given in answers that never arrived: nothing was sent under them, and nothing may
 * be from now on. An order whose claim is another one's, or was never given, stays as it is.
 *
 * @param claims that no one sends under
 */
export async function releaseClaims(
  pool: Pool,
  claims: readonly Pick<ClaimRequest, 'orderId' | 'claimId'>[],
): Promise<void> {
  const { rows } = await pool.query<Pick<Claim, 'orderId' | 'attempt'>>({ ...FIND, values: CLAIMS.of(claims) });
  const verdict = OUTCOME_TABLE['claim-lost'];
  const given = rows.map((claim): AttemptSettlement => ({
    ...unsent(claim),
    verdict,
    outcome: 'not-sent',
    reason: verdict.cause,
    isFree: true,
    dueInMs: 0,
  }));
  if (given.length > 0) await settleAttempts(pool, given);
}
