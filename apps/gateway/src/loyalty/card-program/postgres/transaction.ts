import type { Pool, PoolClient } from 'pg';
import type { Refused } from '../card-program.js';
import { runOn, runTransaction } from '../../../storage/transaction.js';
import { refused } from '../outcome.js';

/** Done, or any other kind, which rolls the transaction back. */
interface AnyOutcome {
  readonly kind: string;
}

/** Constraints that only a simultaneous transaction violates: the next try sees its rows. */
const RACES = ['cards_pkey', 'cards_member_id_key', 'balance_adjustments_once'];

/** Two transactions that conflicted; both are tried again, so a few tries are enough. */
const MOST_TURNS = 5;

interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
}

/**
 * Runs work as one transaction: committed when it is done, rolled back when it is refused or fails. After a conflict –
 * a deadlock, or a row with the same number, member or key – it runs again and sees the other's rows.
 */
export async function inTransaction<O extends AnyOutcome>(
  pool: Pool,
  work: (client: PoolClient) => Promise<O>,
): Promise<O> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await runTransaction(pool, work, isDone);
    } catch (error) {
      if (turn === MOST_TURNS || !mayRunAgain(error as DatabaseError)) throw error;
    }
  }
}

/**
 * The same on the caller's connection. If this throws, the caller must not return the connection to the pool for reuse.
 *
 * @param mayRunAlso further errors after which the work may run again
 */
export async function inTransactionOn<O extends AnyOutcome>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<O>,
  mayRunAlso: (error: DatabaseError) => boolean,
): Promise<O> {
  for (let turn = 1; ; turn += 1) {
    const run = await runOn(client, work, isDone);
    if (run.kind === 'ended') return run.result;
    const error = run.error as DatabaseError;
    if (turn === MOST_TURNS || !run.undone || !(mayRunAgain(error) || mayRunAlso(error))) throw run.error;
  }
}

function isDone({ kind }: AnyOutcome): boolean {
  return kind === 'done';
}

function mayRunAgain({ code, constraint }: DatabaseError): boolean {
  if (code === '40P01' || code === '40001') return true;
  return code === '23505' && constraint !== undefined && RACES.includes(constraint);
}

/** The refusal for a violated "one owner per phone and e-mail"; any other error is rethrown. */
export function ownerConflict(error: unknown): Refused<'phoneOfAnotherCard'> | Refused<'emailOfAnotherCard'> {
  const { code, constraint } = error as DatabaseError;
  if (code === '23505' && constraint === 'members_msisdn_key') return refused('phoneOfAnotherCard');
  if (code === '23505' && constraint === 'members_email') return refused('emailOfAnotherCard');
  throw error;
}
