import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../harness/admin.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { startReplica, type Replica } from '../../harness/postgres/replica.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { until } from '../../harness/until.js';
import { isConfirmed, operatorEvents, readLedger, sendingOf, untilLedger, untilSending } from './ledger.js';
import { boughtTwice, executions, idsOf, postMany, postUntilTaken, untilExecuted } from './orders.js';
import { SETTINGS } from './settings.js';
import { openStage, type Stage } from './stage.js';

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
): Promise<{ stage: Stage; replica: Replica }> {
  const stage = await openStage(primary, roles, env());
  stops.push(() => stage.close());
  const replica = await startReplica(primary, options);
  stops.push(() => replica.remove());
  return { stage, replica };
}

/** The primary dies, the replica takes its place, and the one address leads to it. */
async function failOver({ databaseLine, database }: Stage, replica: Replica): Promise<void> {
  await Promise.all([databaseLine.cut(), primary.kill()]);
  await replica.promote();
  databaseLine.leadTo(replica.url(database));
  await databaseLine.mend();
}

describe.each(SETTINGS)('a promoted replica, with $deployment and the queue on $queue', (setting) => {
  it('that lacks what was sent last buys nothing twice: the journal gives it back, and a person lets sending continue', async () => {
    const { stage, replica } = await openWithReplica(setting, { synchronous: false });
    const { fleet, partnerLine, database } = stage;
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
    await failOver(stage, replica);

    await untilSending(fleet.api, 'stopped');
    const found = await untilLedger(replica, database, idsOf(lacking), isConfirmed);
    const bought = await executions(stage);
    const byId = new Map(found.map((line) => [line.id, line.troikaOrderId]));
    for (const { id, cardNumber } of lacking) expect(bought.get(cardNumber)).toEqual([byId.get(id)]);
    expect((await operatorEvents(fleet.api)).filter(({ severity }) => severity === 'critical')).not.toEqual([]);

    const waiting = await postMany(fleet.api, 3);
    expect((await ask(fleet.api, '/sending/resume', { why: 'the journals are complete' })).status).toBe(200);
    await untilLedger(replica, database, idsOf(waiting), isConfirmed);
    expect(await boughtTwice(stage)).toEqual([]);
  });

  it('that lacks nothing loses nothing and buys nothing twice, and sending continues by itself', async () => {
    const { stage, replica } = await openWithReplica(setting, { synchronous: true });
    const { fleet, database } = stage;
    const before = await postMany(fleet.api, 20);
    await untilExecuted(stage, 5);
    await failOver(stage, replica);

    const after = await Promise.all(Array.from({ length: 10 }, () => postUntilTaken(fleet.api)));
    await untilLedger(replica, database, idsOf([...before, ...after]), isConfirmed);
    expect((await sendingOf(fleet.api)).state).toBe('open');
    expect((await readLedger(replica, database)).size).toBe(30);
    expect(await boughtTwice(stage)).toEqual([]);
    expect((await executions(stage)).size).toBe(30);
  });
});
