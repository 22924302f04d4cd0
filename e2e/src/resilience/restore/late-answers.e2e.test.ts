import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fleet } from '../../harness/fleet.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { setFaults } from '../../harness/sandbox.js';
import { until } from '../../harness/until.js';
import { isConfirmed, untilLedger } from './ledger.js';
import { boughtTwice, executions, idsOf, postMany, untilExecuted, type Posted } from './orders.js';
import { SETTINGS } from './settings.js';
import { openEnvironment, type RestoreEnvironment } from './environment.js';

const ORDERS = 16;
/** A lease is as long as both together. */
const TIMES = { TROIKA_TIMEOUT_MS: '7000', TROIKA_LEASE_MARGIN_MS: '500' };
const LEASE_MS = 7_500;
/** The partner is slow, so that PostgreSQL is away before the first answer. */
const SLOW_MS = 1_500;

let server: PostgresServer;
let environment: RestoreEnvironment | undefined;
beforeAll(async () => {
  server = await createServer(requirePrograms());
});
afterEach(async () => {
  await environment?.close();
  environment = undefined;
});
afterAll(() => server.remove());

/** PostgreSQL is killed while orders are being sent, and all are paid while it is away. */
async function payWhileAway({
  roles,
  env,
}: (typeof SETTINGS)[number]): Promise<{ environment: RestoreEnvironment; orders: Posted[] }> {
  environment = await openEnvironment(
    server,
    roles,
    { ...env(), ...TIMES, TROIKA_CONCURRENCY: String(ORDERS) },
    { slowMs: SLOW_MS },
  );
  await setFaults(environment.sandbox, 'slow', 1, ['app_create_order']);
  const orders = await postMany(environment.fleet.api, ORDERS);
  await untilExecuted(environment, ORDERS);
  await server.kill();
  await until('all answers have come', () => Promise.resolve(answers(environment?.fleet) >= ORDERS ? true : undefined));
  return { environment, orders };
}

const answers = (fleet: Fleet | undefined): number =>
  (fleet?.processes ?? []).flatMap(({ log }) => log).filter(({ msg }) => msg === 'attempt').length;

async function expectAllConfirmed({ database, sandbox }: RestoreEnvironment, orders: readonly Posted[]): Promise<void> {
  const lines = await untilLedger(server, database, idsOf(orders), isConfirmed);
  const byId = new Map(lines.map((line) => [line.id, line.troikaOrderId]));
  const bought = await executions({ sandbox });
  expect(orders.map(({ cardNumber }) => bought.get(cardNumber))).toEqual(orders.map(({ id }) => [byId.get(id)]));
  expect(await boughtTwice({ sandbox })).toEqual([]);
}

describe.each(SETTINGS)(
  'a PostgreSQL that is away for longer than a lease while the partner answers, with $deployment and the queue on $queue',
  (setting) => {
    it('gets each answer when it is back', async () => {
      const away = await payWhileAway(setting);
      await delay(LEASE_MS);
      await server.start();
      await expectAllConfirmed(away.environment, away.orders);
    });

    it('gets each answer from the journal when the processes were killed and are restarted on the same disks', async () => {
      const away = await payWhileAway(setting);
      await away.environment.fleet.stop('SIGKILL');
      await delay(LEASE_MS);
      await server.start();
      await away.environment.fleet.start();
      await expectAllConfirmed(away.environment, away.orders);
    });
  },
);
