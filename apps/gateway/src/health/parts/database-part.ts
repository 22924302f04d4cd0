import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseClient } from '../../storage/database-client.js';
import { databaseTroubleOf } from '../../storage/database-trouble.js';

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
  let asking: Promise<boolean> | undefined;
  return async () => {
    // What hangs is not asked a second time.
    asking ??= pool
      .query('select')
      .then(() => true, isAnswer)
      .finally(() => (asking = undefined));
    return (
      (await Promise.race([asking, delay(POOL_MS, false, { ref: false })])) || (await answersNewConnection(server))
    );
  };
}

async function answersNewConnection(server: string): Promise<boolean> {
  const client = new DatabaseClient({
    connectionString: server,
    application_name: 'vestibule',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  try {
    await client.connect();
    await client.query('select');
    return true;
  } catch (error) {
    return isAnswer(error);
  } finally {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    // A server that has fallen silent would not take leave either.
    const leave = setTimeout(() => stream.destroy(), CONNECT_MS).unref();
    void client
      .end()
      .catch(() => undefined)
      .finally(() => clearTimeout(leave));
  }
}

function isAnswer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && databaseTroubleOf(error) !== 'out-of-reach';
}
