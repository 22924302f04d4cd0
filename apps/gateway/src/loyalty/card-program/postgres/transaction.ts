import type { Pool, PoolClient } from 'pg';
import type { Refused } from '../card-program.js';
import { runOn, runTransaction } from '../../../storage/transaction.js';
import { refused } from '../outcome.js';

/** Done, or any other kind, which undoes what was begun. */
interface AnyOutcome {
  readonly kind: string;
}

/** Constraints that are violated only by the one who ran at the same instant: the next turn sees what he did. */
const RACES = ['cards_pkey', 'cards_member_id_key', 'balance_adjustments_once'];

/** Two that got in each other's way; both are tried again, so a handful of turns is plenty. */
const MOST_TURNS = 5;

interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
}

/**
 * Runs work as one transaction: kept when it is done, undone when it is refused or fails. When others got in its way
 * – a deadlock, or what appeared under the same number, for the same member, with the same key – it runs again and sees
 * them.
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
 * The same on a connection that the caller keeps, and must not give back for reuse when this throws.
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

/** The refusal that a violated "one owner per phone and e-mail" stands for; any other error is thrown on. */
export function ownerConflict(error: unknown): Refused<'phoneOfAnotherCard'> | Refused<'emailOfAnotherCard'> {
  const { code, constraint } = error as DatabaseError;
  if (code === '23505' && constraint === 'members_msisdn_key') return refused('phoneOfAnotherCard');
  if (code === '23505' && constraint === 'members_email') return refused('emailOfAnotherCard');
  throw error;
}
