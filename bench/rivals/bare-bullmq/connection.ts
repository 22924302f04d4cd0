import { createPostgresBackend, Queue, runMigrations, Worker, type WorkerOptions } from 'bullmq';
import pg from 'pg';

/** Where a bare queue is. */
export interface BareQueueAddress {
  readonly databaseUrl: string;
  /** Set: on this Redis. Unset: in PostgreSQL. */
  readonly redisUrl?: string | undefined;
}

const NAME = 'bare';
const SCHEMA = 'bullmq';

export async function openQueue({
  databaseUrl,
  redisUrl,
}: BareQueueAddress): Promise<Pick<Queue, 'addBulk' | 'close'>> {
  if (redisUrl !== undefined) return new Queue(NAME, { connection: { url: redisUrl } });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await runMigrations(client, SCHEMA);
  await client.end();
  return new Queue(NAME, { connection: postgres(databaseUrl) }, createPostgresBackend);
}

export function openWorker({ databaseUrl, redisUrl }: BareQueueAddress, options: Omit<WorkerOptions, 'connection'>) {
  const nothing = (): Promise<void> => Promise.resolve();
  return redisUrl === undefined
    ? new Worker(NAME, nothing, { ...options, connection: postgres(databaseUrl) }, createPostgresBackend)
    : new Worker(NAME, nothing, { ...options, connection: { url: redisUrl, maxRetriesPerRequest: null } });
}

function postgres(connectionString: string) {
  return { connectionString, schema: SCHEMA, max: 10 };
}
