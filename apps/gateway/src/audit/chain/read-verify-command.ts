import { parseArgs } from 'node:util';
import type { ChainHead } from './link.js';

export type VerifyCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'verify'; readonly kept: ChainHead | undefined };

export const VERIFY_USAGE = `usage: node apps/gateway/dist/audit-verify.js [--head POSITION:HASH]

Reads the chain of the audit and computes every hash again: an entry that was changed, removed or put in shows. What an
erasure has taken out is counted, and changes no hash. The last line is the end of the chain; keep it outside the database.

  --head POSITION:HASH   an earlier end of the chain, from this command or from the log ("the audit is sealed up to here"):
                         it must still be in the chain. Without it, entries cut off at the end are not noticed.

DATABASE_URL (or DATA_DIR) says where the audit is. Exit code 0: whole; 1: not whole, or it cannot be read; 2: not understood.`;

const HEAD = /^(\d{1,18}):([\da-f]{64})$/;

/** Reads the words behind the name of the program. */
export function readVerifyCommand(args: readonly string[]): VerifyCommand {
  try {
    const options = { head: { type: 'string' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    if (values.help === true) return { kind: 'help' };
    if (values.head === undefined) return { kind: 'verify', kept: undefined };
    const [, position, hash] = HEAD.exec(values.head) ?? [];
    if (position === undefined || hash === undefined) {
      return { kind: 'fault', fault: '--head: Must be POSITION:HASH, as this command prints it.' };
    }
    return { kind: 'verify', kept: { position: BigInt(position), hash } };
  } catch (error) {
    // It only throws errors about the arguments.
    return { kind: 'fault', fault: (error as Error).message };
  }
}
