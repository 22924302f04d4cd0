import type { Pool } from 'pg';
import { statement } from '../../../storage/statement.js';
import { askPosition, positioned, type LedgerPosition } from './beat-journal.js';
import type { LedgerSeen } from './journal-line.js';

const FIND = positioned('find-', (name, position) => statement(name)`select ${position}`);

/** The present position of PostgreSQL. */
export async function findPosition(pool: Pool): Promise<LedgerPosition> {
  return await askPosition(FIND, async (asked) => {
    const { rows } = await pool.query<LedgerPosition>(asked);
    return rows[0] as LedgerPosition;
  });
}

/**
 * Whether the ledger is behind a position seen earlier. Positions of two clusters or two timelines cannot be compared.
 */
export function isBehind(now: LedgerPosition, seen: Pick<LedgerSeen, 'systemId' | 'timeline' | 'lsn'>): boolean {
  if (now.lsn === null || seen.lsn === null) return false;
  if (now.systemId !== seen.systemId || now.timeline !== seen.timeline) return false;
  return numberOf(now.lsn) < numberOf(seen.lsn);
}

/** `16/B374D848` as a number of bytes. */
function numberOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}
