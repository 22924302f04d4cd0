import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { isConfirmed, isSettled, untilLedger } from './ledger.js';
import { boughtTwice, idsOf, postMany, postUntilTaken, untilExecuted, type Posted } from './orders.js';
import { SETTINGS } from './settings.js';
import { openEnvironment } from './environment.js';

const KILLS = 4;
const ROUND = 10;

let server: PostgresServer;
let stops: (() => Promise<unknown>)[];
beforeEach(async () => {
  server = await createServer(requirePrograms());
  stops = [() => server.remove()];
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

describe.each(SETTINGS)('synchronous_commit = off, with $deployment and the queue on $queue', (setting) => {
  it('set by an administrator loses no accepted order and buys none twice when PostgreSQL is killed repeatedly', async () => {
    // Unsynced commits stay in memory this long, so that a kill could lose much.
    await server.query(`alter system set wal_writer_delay = '10s'`);
    await server.query(`alter system set wal_writer_flush_after = '1GB'`);
    await server.query('select pg_reload_conf()');
    const environment = await openEnvironment(server, setting.roles, setting.env());
    stops.push(() => environment.close());
    const { fleet, database } = environment;
    await server.query(`alter database ${database} set synchronous_commit = off`);
    await server.query(`alter role postgres set synchronous_commit = off`);
    // Only new connections have the setting.
    await server.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`,
    );
    const posted: Posted[] = [await postUntilTaken(fleet.api)];
    await untilLedger(server, database, idsOf(posted), isConfirmed);
    for (let kill = 0; kill < KILLS; kill += 1) {
      posted.push(...(await postMany(fleet.api, ROUND)));
      await untilExecuted(environment, posted.length - ROUND + 1);
      await server.kill();
      await server.start();
    }
    await untilLedger(server, database, idsOf(posted), isSettled);
    expect(await boughtTwice(environment)).toEqual([]);
  });
});
