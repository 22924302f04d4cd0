import { INVENTED_FIRST_NAMES } from '@vestibule/koshelek-kit';
import type { Pool } from 'pg';
import { eraseMember } from '../../loyalty/erasure/erase-member.js';
import { statement } from '../../storage/statement.js';
import { runTransaction } from '../../storage/transaction.js';

/** No subscriber in Russia has the code 000: the conformance kit invents its holders there. */
const INVENTED = statement('find-invented-holders')`
select msisdn from members
 where msisdn between '70000000000' and '70009999999' and created_at >= $1::timestamptz
   and first_name = any($2::text[])`;

/**
 * Erases the holders that a run of the conformance kit has invented in the built-in programme.
 *
 * @param since when the run began, as the database's text: a holder from before is no one's invention
 * @returns how many there were
 */
export async function forgetInventedHolders(pool: Pool, since: string): Promise<number> {
  const { rows } = await pool.query<{ msisdn: string }>({ ...INVENTED, values: [since, INVENTED_FIRST_NAMES] });
  for (const { msisdn } of rows) await runTransaction(pool, (client) => eraseMember(client, msisdn));
  return rows.length;
}
