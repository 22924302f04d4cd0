import type { Pool } from 'pg';

/** The identity of the ledger: made with it, and the same in every copy and after every restore. */
export async function findLedgerId(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ ledgerId: string }>('select ledger_id as "ledgerId" from send_journal_ledger');
  const [row] = rows;
  if (row === undefined) throw new Error('the ledger has no identity: its row in send_journal_ledger is missing');
  return row.ledgerId;
}
