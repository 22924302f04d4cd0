import type { Socket } from 'node:net';
import { DatabaseClient } from './database-client.js';

/**
 * Does something over a connection of its own, past every pool.
 *
 * @param url a `postgres://` address
 * @param limitMs for the connection, and for each statement
 * @throws an error of the database, or of the way to it
 */
export async function withOwnConnection<T>(
  url: string,
  limitMs: number,
  work: (client: DatabaseClient) => Promise<T>,
): Promise<T> {
  const client = new DatabaseClient({
    connectionString: url,
    application_name: 'vestibule',
    connectionTimeoutMillis: limitMs,
    query_timeout: limitMs,
  });
  try {
    await client.connect();
    return await work(client);
  } finally {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    // A server that has fallen silent would not take leave.
    const leave = setTimeout(() => stream.destroy(), limitMs).unref();
    void client
      .end()
      .catch(() => undefined)
      .finally(() => clearTimeout(leave));
  }
}
