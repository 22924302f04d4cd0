import type { Pool, PoolClient } from 'pg';
import type { PlainLoyaltyErrorKey } from '@vestibule/koshelek-contract';
import type { Refused } from '../card-program.js';
import { runTransaction } from '../../../storage/transaction.js';
import { refused } from '../outcome.js';

type AnyOutcome = { readonly kind: 'done' } | Refused<PlainLoyaltyErrorKey>;

/** Two that got in each other's way; both are tried again, so a handful of turns is plenty. */
const MOST_TURNS = 5;

interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
}

/**
 * Runs work as one transaction: kept when it is done, undone when it is refused or fails. When others got in its way
 * – a deadlock, or a card that appeared under the same number or for the same member – it runs again and sees them.
 */
export async function inTransaction<O extends AnyOutcome>(
  pool: Pool,
  work: (client: PoolClient) => Promise<O>,
): Promise<O> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await runTransaction(pool, work, ({ kind }) => kind === 'done');
    } catch (error) {
      if (turn === MOST_TURNS || !mayRunAgain(error as DatabaseError)) throw error;
    }
  }
}

function mayRunAgain({ code, constraint }: DatabaseError): boolean {
  if (code === '40P01' || code === '40001') return true;
  return code === '23505' && (constraint === 'cards_pkey' || constraint === 'cards_member_id_key');
}

/** The refusal that a violated "one owner per phone and e-mail" stands for; any other error is thrown on. */
export function ownerConflict(error: unknown): Refused<'phoneOfAnotherCard'> | Refused<'emailOfAnotherCard'> {
  const { code, constraint } = error as DatabaseError;
  if (code === '23505' && constraint === 'members_msisdn_key') return refused('phoneOfAnotherCard');
  if (code === '23505' && constraint === 'members_email') return refused('emailOfAnotherCard');
  throw error;
}
