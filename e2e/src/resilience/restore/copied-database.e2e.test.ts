import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../harness/admin.js';
import { startFleet, type Fleet } from '../../harness/fleet.js';
import { dump, restore } from '../../harness/postgres/backup.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { startReplica } from '../../harness/postgres/replica.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { queueChoices } from '../../harness/queues.js';
import { executedOrders } from '../../harness/sandbox.js';
import { isConfirmed, isInDoubt, operatorEvents, untilLedger, untilSending } from './ledger.js';
import { boughtTwice, idsOf, postMany } from './orders.js';
import { openEnvironment, QUICK, type RestoreEnvironment } from './environment.js';

const ROLES = ['orders,worker,admin'];

interface Copy {
  readonly server: PostgresServer;
  readonly database: string;
}

/** How a copy of a production database is made. */
const COPIES: readonly { how: string; make: (original: PostgresServer, database: string) => Promise<Copy> }[] = [
  {
    how: 'a dump, restored into another database',
    make: async (original, database) => {
      const copy = `${database}_staging`;
      await restore(original, copy, await dump(original, database));
      return { server: original, database: copy };
    },
  },
  {
    how: 'a base backup, promoted elsewhere',
    make: async (original, database) => {
      const server = await startReplica(original);
      await server.cutOff();
      await server.promote();
      return { server, database };
    },
  },
];
const CASES = queueChoices().flatMap((choice) => COPIES.map((copy) => ({ ...choice, ...copy })));

let original: PostgresServer;
let stops: (() => Promise<unknown>)[];
beforeEach(async () => {
  original = await createServer(requirePrograms());
  stops = [() => original.remove()];
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

async function startCopy(
  { server, database }: Copy,
  environment: RestoreEnvironment,
  env: Record<string, string>,
): Promise<Fleet> {
  if (server !== original) stops.push(() => server.remove());
  const addresses = { DATABASE_URL: server.url(database), TROIKA_URL: environment.sandbox.url };
  const fleet = await startFleet(ROLES, { ...QUICK, ...env, ...addresses });
  stops.push(() => fleet.remove());
  return fleet;
}

describe.each(CASES)(
  'a copy of the production database ($how) that is started with production settings, with the queue on $queue',
  ({ env, make }) => {
    it('sends nothing until a person resumes sending, accepts orders meanwhile, and does not touch the original', async () => {
      const environment = await openEnvironment(original, ROLES, env());
      stops.push(() => environment.close());
      const sent = await postMany(environment.fleet.api, 3);
      await untilLedger(original, environment.database, idsOf(sent), isConfirmed);
      await environment.partnerLine.cut();
      const waiting = await postMany(environment.fleet.api, 5);
      const copy = await make(original, environment.database);
      const sentUntil = new Date().toISOString();

      const staging = await startCopy(copy, environment, env());
      await untilSending(staging.api, 'stopped');
      const own = await postMany(staging.api, 2);
      // The original has its partner back and sends waiting orders, also through the queue that the copy reads.
      await environment.partnerLine.mend();
      await untilLedger(original, environment.database, idsOf(waiting), isConfirmed);
      expect(await executedOrders(environment.sandbox)).toHaveLength(sent.length + waiting.length);
      const found = (await operatorEvents(staging.api)).filter(({ kind }) => kind.startsWith('ledger.'));
      expect(found.map(({ severity }) => severity)).toEqual(['critical']);

      await ask(staging.api, '/sending/resume', { why: 'it is the true one from now on', sentUntil });
      await untilLedger(copy.server, copy.database, idsOf(own), isConfirmed);
      await untilLedger(copy.server, copy.database, idsOf(waiting), isInDoubt);
      expect(await boughtTwice(environment)).toEqual([]);
    });
  },
);
