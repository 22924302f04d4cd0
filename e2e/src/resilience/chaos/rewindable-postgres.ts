import { createDatabaseOn, dump, restore } from '../../harness/postgres/backup.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { startReplica, type Replica } from '../../harness/postgres/replica.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { startTcpProxy } from '../../harness/tcp-proxy.js';
import type { KillablePostgres } from './killable-postgres.js';

const DATABASE = 'vestibule';

/** A PostgreSQL behind one address that goes back in time: to a dump, or to what a replica had. */
export interface RewindablePostgres extends KillablePostgres {
  /** Writes a dump while everything runs. */
  backUp(): Promise<void>;
  /** The database is wiped and the dump restored; it is unreachable until then. */
  restoreBackup(): Promise<void>;
  /** Disconnects the replica from the primary. */
  cutReplicaOff(): Promise<void>;
  /** The primary dies, and the replica is promoted. */
  failOver(): Promise<void>;
}

/** @param stops gets the functions that stop the started parts, also when a later step fails */
export async function startRewindablePostgres(
  { withReplica }: { withReplica: boolean },
  stops: (() => Promise<unknown>)[],
): Promise<RewindablePostgres> {
  let server: PostgresServer = await createServer(requirePrograms());
  const primary = server;
  stops.push(() => primary.remove());
  await createDatabaseOn(server, DATABASE);
  const replica: Replica | undefined = withReplica ? await startReplica(server) : undefined;
  if (replica !== undefined) stops.push(() => replica.remove());
  const line = await startTcpProxy(server.url(DATABASE));
  stops.push(() => line.cut());
  let file = '';
  return {
    url: line.url,
    kill: () => server.kill(),
    restart: () => server.start(),
    stop: () => Promise.resolve(),
    backUp: async () => {
      file = await dump(server, DATABASE);
    },
    restoreBackup: async () => {
      await line.cut();
      await restore(server, DATABASE, file);
      await line.mend();
    },
    cutReplicaOff: async () => {
      await replica?.cutOff();
    },
    failOver: async () => {
      if (replica === undefined) return;
      await Promise.all([line.cut(), server.kill()]);
      await replica.promote();
      server = replica;
      line.leadTo(replica.url(DATABASE));
      await line.mend();
    },
  };
}
