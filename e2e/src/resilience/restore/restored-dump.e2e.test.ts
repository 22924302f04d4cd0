import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { ask } from '../../harness/admin.js';
import { dump, restore } from '../../harness/postgres/backup.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { boughtTwice, executions, idsOf, postAgain, postMany, untilExecuted, type Posted } from './orders.js';
import { isConfirmed, isInDoubt, operatorEvents, untilLedger, untilSending } from './ledger.js';
import { SETTINGS } from './settings.js';
import { openEnvironment, type RestoreEnvironment } from './environment.js';

/** So many orders wait while the dump is made; they and later ones are sent after it. */
const IN_DUMP = 40;
const AFTER_DUMP = 10;

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

interface Story {
  readonly environment: RestoreEnvironment;
  readonly file: string;
  readonly before: readonly Posted[];
  readonly inDump: readonly Posted[];
  readonly afterDump: readonly Posted[];
}

/** A dump is made while the partner is away and orders wait; then all of them are sent, and all processes stop. */
async function dumpThenSend({ roles, env }: (typeof SETTINGS)[number]): Promise<Story> {
  environment = await openEnvironment(server, roles, env());
  const { fleet, partnerLine, database } = environment;
  const before = await postMany(fleet.api, 5);
  await untilExecuted(environment, before.length);
  await untilLedger(server, database, idsOf(before), isConfirmed);
  await partnerLine.cut();
  const inDump = await postMany(fleet.api, IN_DUMP);
  const file = await dump(server, database);
  await partnerLine.mend();
  const afterDump = await postMany(fleet.api, AFTER_DUMP);
  await untilLedger(server, database, idsOf([...inDump, ...afterDump]), isConfirmed);
  await fleet.stop();
  return { environment, file, before, inDump, afterDump };
}

describe.each(SETTINGS)('a ledger restored from a dump, with $deployment and the queue on $queue', (setting) => {
  it('buys nothing twice: orders sent after the dump are confirmed from the journal, and a person resumes sending', async () => {
    const story = await dumpThenSend(setting);
    const { fleet, database } = story.environment;
    await restore(server, database, story.file);
    await fleet.start();

    await untilSending(fleet.api, 'stopped');
    const bought = await executions(story.environment);
    const found = await untilLedger(server, database, idsOf(story.inDump), isConfirmed);
    const byId = new Map(found.map((line) => [line.id, line.troikaOrderId]));
    for (const { id, cardNumber } of story.inDump) expect(bought.get(cardNumber)).toEqual([byId.get(id)]);
    // The ledger does not know these: an event reports all known data of each, so that no one has to search.
    const reported = JSON.stringify(await operatorEvents(fleet.api));
    for (const { id, cardNumber } of story.afterDump) {
      expect(reported).toContain(id);
      expect(reported).toContain(bought.get(cardNumber)?.[0]);
    }

    const waiting = await postMany(fleet.api, 3);
    // A producer that got no answer, or does not find its order, posts it again.
    const again = await Promise.all(story.afterDump.map((order) => postAgain(fleet.api, order)));
    expect((await ask(fleet.api, '/sending/resume', { why: 'the journals are complete' })).status).toBe(200);
    await untilLedger(server, database, idsOf(waiting), isConfirmed);
    await untilLedger(server, database, idsOf(again), isInDoubt);
    expect(await boughtTwice(story.environment)).toEqual([]);
  });

  it('sends nothing without a journal until a person states up to when orders were sent, and then nothing twice', async () => {
    const story = await dumpThenSend(setting);
    const { fleet, database } = story.environment;
    await restore(server, database, story.file);
    for (const disk of fleet.disks) await rm(disk, { recursive: true });
    await story.environment.emptyQueue();
    const sentUntil = new Date().toISOString();
    await fleet.start();

    await untilSending(fleet.api, 'stopped');
    const waiting = await postMany(fleet.api, 3);
    const resumed = await ask(fleet.api, '/sending/resume', { why: 'restored, disks lost', sentUntil });
    expect(resumed.status).toBe(200);
    await untilLedger(server, database, idsOf(waiting), isConfirmed);
    await untilLedger(server, database, idsOf(story.inDump), isInDoubt);
    expect(await boughtTwice(story.environment)).toEqual([]);
    expect((await executions(story.environment)).size).toBe(5 + IN_DUMP + AFTER_DUMP + waiting.length);
  });
});
