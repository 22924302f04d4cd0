import pg from 'pg';
import { askInTurn } from '../../core/within.js';
import { databaseTroubleOf } from '../../storage/database-trouble.js';
import { withOwnConnection } from '../../storage/own-connection.js';

/** How long a connection of the pool may take before PostgreSQL is asked over a new one. */
const POOL_MS = 600;
const CONNECT_MS = 1_300;

/**
 * Whether PostgreSQL answers. The pool is asked first; it may only be busy, or its connections may have fallen silent, so
 * a new connection has the last word. Any answer counts, also one that refuses something.
 *
 * @param server its address
 */
export function probeDatabase(pool: pg.Pool, server: string): () => Promise<boolean> {
  const askPool = askInTurn(() => pool.query('select').then(() => true, isAnswer), POOL_MS, false);
  return async () => (await askPool()) || (await askNewConnection(server));
}

async function askNewConnection(server: string): Promise<boolean> {
  return await withOwnConnection(server, CONNECT_MS, (client) => client.query('select')).then(() => true, isAnswer);
}

function isAnswer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && databaseTroubleOf(error) !== 'out-of-reach';
}
