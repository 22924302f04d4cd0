import type { Pool } from 'pg';
import type { ChainHead } from './link.js';
import { verifyAudit } from './verify-audit.js';

/** Where one entry is gone, many others may be named, too. */
const MOST_FAULTS = 20;

/** Verifies the audit and prints the verdict. @returns the exit code */
export async function runVerifyCommand(
  pool: Pool,
  kept: ChainHead | undefined,
  write: (line: string) => void,
): Promise<number> {
  const { sealed, unsealed, erased, head, faults } = await verifyAudit(pool, kept);
  for (const fault of faults.slice(0, MOST_FAULTS)) write(fault);
  if (faults.length > MOST_FAULTS) write(`… and ${faults.length - MOST_FAULTS} more.`);
  const verdict = faults.length === 0 ? 'The audit is whole' : 'The audit is not whole';
  write(`${verdict}: ${sealed} entries in the chain, ${erased} with something erased, ${unsealed} not sealed yet.`);
  write(`head: ${head.position}:${head.hash}`);
  return faults.length === 0 ? 0 : 1;
}
