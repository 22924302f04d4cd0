import type { Sandbox } from '@vestibule/sandbox';
import { createDatabaseOn } from '../../harness/postgres/backup.js';
import type { PostgresServer } from '../../harness/postgres/server.js';
import { startFleet, type Fleet } from '../../harness/fleet.js';
import { unique } from '../../harness/queues.js';
import { emptyRedis } from '../../harness/redis.js';
import { openSandbox } from '../../harness/sandbox.js';
import { startTcpProxy, type TcpProxy } from '../../harness/tcp-proxy.js';

/**
 * What every gateway of these suites has: it notices losses soon. How long the partner may take is left at half a minute,
 * or a busy machine makes orders unknown that nothing was wrong with.
 */
export const QUICK = {
  TROIKA_RATE_PER_SECOND: '1000',
  TROIKA_RETRY_SCHEDULE_SECS: '0.5,1,1,1,1,1,2,2,2,2,2,5,5,5,5',
  TROIKA_BREAKER_PAUSE_SECS: '0.3,0.5',
  SWEEP_GRACE_MS: '500',
};

/** A company with its partner: everything may be taken away from it and given back. */
export interface RestoreEnvironment {
  readonly database: string;
  readonly sandbox: Sandbox;
  /** In front of the stand-in. */
  readonly partnerLine: TcpProxy;
  /** The one address of PostgreSQL that all processes know. */
  readonly databaseLine: TcpProxy;
  readonly fleet: Fleet;
  /** Empties the Redis, if there is one, with its copy of the send journals. */
  emptyQueue(): Promise<void>;
  /** Ends what ends with a test; the server of the database stays. */
  close(): Promise<void>;
}

/** Starts a company on a new database of a server. */
export async function openEnvironment(
  server: PostgresServer,
  roles: readonly string[],
  env: Readonly<Record<string, string>>,
  { slowMs }: { slowMs?: number } = {},
): Promise<RestoreEnvironment> {
  await emptyRedis();
  const database = unique('company').replace('-', '_');
  await createDatabaseOn(server, database);
  const sandbox = await openSandbox(0, slowMs === undefined ? {} : { slowMs });
  const partnerLine = await startTcpProxy(sandbox.url);
  const databaseLine = await startTcpProxy(server.url(database));
  const addresses = { DATABASE_URL: databaseLine.url, TROIKA_URL: partnerLine.url };
  const fleet = await startFleet(roles, { ...QUICK, ...env, ...addresses });
  return {
    database,
    sandbox,
    partnerLine,
    databaseLine,
    fleet,
    emptyQueue: emptyRedis,
    close: async () => {
      await fleet.remove();
      await partnerLine.cut();
      await databaseLine.cut();
      await sandbox.close();
    },
  };
}
