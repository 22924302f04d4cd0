import type { Pool } from 'pg';
import { eraseMember } from '../../loyalty/erasure/erase-member.js';
import { statement } from '../../storage/statement.js';
import { runTransaction } from '../../storage/transaction.js';

/** No subscriber in Russia has the code 000: the conformance kit invents its holders there. */
const INVENTED = statement('find-invented-holders')`
select msisdn from members where msisdn between '70000000000' and '70009999999' and created_at >= $1`;

/**
 * Erases the holders that a run of the conformance kit has invented in the built-in programme.
 *
 * @param since when the run began: a holder from before is no one's invention
 * @returns how many there were
 */
export async function forgetInventedHolders(pool: Pool, since: Date): Promise<number> {
  const { rows } = await pool.query<{ msisdn: string }>({ ...INVENTED, values: [since] });
  for (const { msisdn } of rows) await runTransaction(pool, (client) => eraseMember(client, msisdn));
  return rows.length;
}
