import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../harness/admin.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { startReplica, type Replica } from '../../harness/postgres/replica.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { until } from '../../harness/until.js';
import { isConfirmed, operatorEvents, readLedger, sendingOf, untilLedger, untilSending } from './ledger.js';
import { boughtTwice, executions, idsOf, postMany, postUntilTaken, untilExecuted } from './orders.js';
import { SETTINGS } from './settings.js';
import { openEnvironment, type RestoreEnvironment } from './environment.js';

let primary: PostgresServer;
let stops: (() => Promise<unknown>)[];
beforeEach(async () => {
  primary = await createServer(requirePrograms());
  stops = [() => primary.remove()];
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

async function openWithReplica(
  { roles, env }: (typeof SETTINGS)[number],
  options: { synchronous: boolean },
): Promise<{ environment: RestoreEnvironment; replica: Replica }> {
  const environment = await openEnvironment(primary, roles, env());
  stops.push(() => environment.close());
  const replica = await startReplica(primary, options);
  stops.push(() => replica.remove());
  return { environment, replica };
}

/** The primary dies, the replica is promoted, and the address points at it. */
async function failOver({ databaseLine, database }: RestoreEnvironment, replica: Replica): Promise<void> {
  await Promise.all([databaseLine.cut(), primary.kill()]);
  await replica.promote();
  databaseLine.leadTo(replica.url(database));
  await databaseLine.mend();
}

describe.each(SETTINGS)('a promoted replica, with $deployment and the queue on $queue', (setting) => {
  it('that lacks the last sends buys nothing twice: the journal restores them, and a person resumes sending', async () => {
    const { environment, replica } = await openWithReplica(setting, { synchronous: false });
    const { fleet, partnerLine, database } = environment;
    const before = await postMany(fleet.api, 5);
    await untilLedger(primary, database, idsOf(before), isConfirmed);
    await partnerLine.cut();
    const lacking = await postMany(fleet.api, 30);
    await until('the replica has the waiting orders', async () => {
      const [row] = await replica.query<{ count: number }>('select count(*)::int as count from orders', database);
      return row?.count === 35 ? true : undefined;
    });
    await replica.cutOff();
    await partnerLine.mend();
    await untilLedger(primary, database, idsOf(lacking), isConfirmed);
    await failOver(environment, replica);

    await untilSending(fleet.api, 'stopped');
    const found = await untilLedger(replica, database, idsOf(lacking), isConfirmed);
    const bought = await executions(environment);
    const byId = new Map(found.map((line) => [line.id, line.troikaOrderId]));
    for (const { id, cardNumber } of lacking) expect(bought.get(cardNumber)).toEqual([byId.get(id)]);
    await until('the operators hear of it', async () =>
      (await operatorEvents(fleet.api)).some(
        ({ kind, severity }) => kind.startsWith('ledger.') && severity === 'critical',
      )
        ? true
        : undefined,
    );

    const waiting = await postMany(fleet.api, 3);
    expect((await ask(fleet.api, '/sending/resume', { why: 'the journals are complete' })).status).toBe(200);
    await untilLedger(replica, database, idsOf(waiting), isConfirmed);
    expect(await boughtTwice(environment)).toEqual([]);
  });

  it('that lacks nothing loses nothing and buys nothing twice, and sending resumes automatically', async () => {
    const { environment, replica } = await openWithReplica(setting, { synchronous: true });
    const { fleet, database } = environment;
    const before = await postMany(fleet.api, 20);
    await untilExecuted(environment, 5);
    await failOver(environment, replica);

    const after = await Promise.all(Array.from({ length: 10 }, () => postUntilTaken(fleet.api)));
    await untilLedger(replica, database, idsOf([...before, ...after]), isConfirmed);
    expect((await sendingOf(fleet.api)).state).toBe('open');
    expect((await readLedger(replica, database)).size).toBe(30);
    expect(await boughtTwice(environment)).toEqual([]);
    expect((await executions(environment)).size).toBe(30);
  });
});
