import { leadToOneDatabase, sessionOwnerAt, type SessionOwner } from '../storage/pooler.js';
import { explainStartFailure } from './explain.js';

/** What is wrong with the way to the database, and what to do: the message is for a person. */
export class PoolerRefusedError extends Error {}

const NEEDS_SESSION =
  'DATABASE_URL leads through a pooler that gives each transaction a session of its own choice (PgBouncer with pool_mode = transaction), and migrations, imports and a queue in PostgreSQL need one that is kept: set DATABASE_DIRECT_URL to the address of PostgreSQL itself, or pool_mode = session for this database (docs/operations/poolers.md)';
const NEEDS_TRANSACTION =
  'DATABASE_URL leads through a pooler that takes no transactions (PgBouncer with pool_mode = statement): set pool_mode = session, or pool_mode = transaction and DATABASE_DIRECT_URL (docs/operations/poolers.md)';
const IS_NOT_DIRECT =
  'DATABASE_DIRECT_URL leads through a pooler that does not keep sessions as well: it has to lead to PostgreSQL itself, or to a pool in session mode (docs/operations/poolers.md)';
const OTHER_DATABASE =
  'DATABASE_DIRECT_URL leads to another database than DATABASE_URL: both have to lead to the same database of the same server (docs/operations/poolers.md)';

/**
 * What a pooler at `DATABASE_URL` gives sessions to.
 *
 * @param directUrl past it
 * @throws PoolerRefusedError when what we need is not there
 */
export async function findPooler(url: string, directUrl: string | undefined): Promise<SessionOwner> {
  const owner = await sessionOwnerAt(url);
  if (owner === 'statement') throw new PoolerRefusedError(NEEDS_TRANSACTION);
  if (directUrl === undefined) {
    if (owner === 'transaction') throw new PoolerRefusedError(NEEDS_SESSION);
    return owner;
  }
  const directOwner = await sessionOwnerAt(directUrl).catch((error: unknown) => {
    throw new PoolerRefusedError(explainStartFailure(error).replaceAll('DATABASE_URL', 'DATABASE_DIRECT_URL'));
  });
  if (directOwner !== 'connection') throw new PoolerRefusedError(IS_NOT_DIRECT);
  if (!(await leadToOneDatabase(directUrl, url))) throw new PoolerRefusedError(OTHER_DATABASE);
  return owner;
}
