import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { deleteSegments } from './delete-segments.js';
import type { SegmentOpened } from './journal-line.js';
import { JournalKeeper } from './journal-keeper.js';
import { openJournalFolder, type JournalFolder } from './testing/journals.js';
import { insertOrder, look } from './testing/ledger.js';
import { ended, begun, LEDGER } from './testing/lines.js';

const logger = pino({ level: 'silent' });

describe('the keeper of a send journal', () => {
  let database: TestDatabase;
  let folder: JournalFolder;
  let behind: string[];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    folder = await openJournalFolder();
    behind = [];
    await database.pool.query('truncate orders, send_journals, troika_order_ids cascade');
  });
  afterEach(() => folder.remove());

  const open = (): Promise<JournalKeeper> =>
    JournalKeeper.open(
      {
        pool: database.pool,
        copy: undefined,
        ledgerId: LEDGER,
        settings: { directory: folder.directory, keepDays: 30 },
      },
      { onWritable: () => undefined, onBehind: (why) => behind.push(why) },
      logger,
    );

  /** One order on its way: claimed, on disk, paid. */
  async function send({ journal }: JournalKeeper) {
    const orderId = await insertOrder(database, { status: 'sending', attempts: 1, lease: '1 minute' });
    const entry = begun({ orderId });
    await journal.begin(entry);
    await journal.end(ended(entry));
    return entry;
  }

  it('reports a disk that takes no lines also when the database is away at that moment', async () => {
    const keeper = await open();
    await database.pool.query('alter table operator_events rename to operator_events_away');
    await rm(folder.directory, { recursive: true });
    await writeFile(folder.directory, 'something stands in the way');
    await keeper.journal.begin(begun({ orderId: randomUUID() }));
    await database.pool.query('alter table operator_events_away rename to operator_events');
    const events = `select from operator_events where kind = 'send-journal.unwritable'`;
    while ((await database.pool.query(events)).rowCount !== 1) await delay(20);
    await rm(folder.directory);
    await keeper.stop();
  });

  it('leaves nothing to be compared when its process has ended in order', async () => {
    const keeper = await open();
    const sent = await send(keeper);
    await database.pool.query(`update order_attempts set outcome = 'answered' where order_id = $1`, [sent.orderId]);
    keeper.journal.settled(sent);
    await keeper.stop();
    const next = await open();
    expect(await next.reconcile()).toMatchObject({ journals: 1, compared: 0, ledgerIsBehind: false, faults: [] });
    await next.stop();
  });

  it('leaves unsettled outcomes to the next process on the same disk, which settles them', async () => {
    const keeper = await open();
    const sent = await send(keeper);
    await keeper.stop();
    const next = await open();
    expect(next.id).toBe(keeper.id);
    // An ended process is distinguished from a live one by its start time; here both are this process.
    await database.pool.query(`update orders set status = 'unknown', lease_expires_at = null where id = $1`, [
      sent.orderId,
    ]);
    expect(await next.reconcile()).toMatchObject({ compared: 1, settled: 1 });
    expect(await look(database, sent.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '228422' });
    await next.stop();
  });

  it('says that the ledger has gone back in time, and continues once it was compared with it', async () => {
    const keeper = await open();
    const sent = await send(keeper);
    await database.pool.query(`update order_attempts set outcome = 'answered' where order_id = $1`, [sent.orderId]);
    keeper.journal.settled(sent);
    // As if the ledger had been restored from before the attempt.
    await database.pool.query('delete from order_attempts where order_id = $1', [sent.orderId]);
    await database.pool.query(`update orders set attempts = 0, lease_expires_at = null where id = $1`, [sent.orderId]);
    await keeper.beat();
    expect(behind).toEqual([`the ledger has lost an attempt of order ${sent.orderId}`]);
    expect(await keeper.reconcile()).toMatchObject({ missing: 1 });
    expect(await look(database, sent.orderId)).toMatchObject({ status: 'confirmed', attempts: 1 });
    await keeper.beat();
    expect(behind).toHaveLength(1);
    await keeper.stop();
    expect(await (await open()).reconcile()).toMatchObject({ compared: 0 });
  });

  it('removes segments that are old and compared, and no others', async () => {
    const old = new Date(Date.now() - 31 * 86_400_000);
    const write = async (isOld: boolean, given: Partial<SegmentOpened> = {}): Promise<string> => {
      const { journal, path } = await folder.write([begun({ orderId: await insertOrder(database) })], given);
      if (isOld) await utimes(path, old, old);
      return journal;
    };
    const compared = await write(true);
    const young = await write(false);
    const foreign = await write(true, { ledgerId: randomUUID() });
    const keeper = await open();
    await keeper.reconcile();
    const uncompared = await write(true);
    const removed = await deleteSegments(database.pool, folder.directory, 30);
    expect(removed).toEqual([expect.stringContaining(compared)]);
    const left = (await readdir(folder.directory)).filter((name) => name.endsWith('.journal'));
    expect(new Set(left.map((name) => name.split('.')[0]))).toEqual(new Set([young, foreign, uncompared]));
    const { rows } = await database.pool.query('select from send_journals where journal = $1', [compared]);
    expect(rows).toEqual([]);
    await keeper.stop();
  });

  it('removes no segment of a process that is alive but those it has left behind', async () => {
    const keeper = await open();
    await send(keeper);
    await keeper.beat();
    const old = new Date(Date.now() - 31 * 86_400_000);
    const [name = ''] = (await readdir(folder.directory)).filter((each) => each.endsWith('.journal'));
    await utimes(join(folder.directory, name), old, old);
    expect(await deleteSegments(database.pool, folder.directory, 30)).toEqual([]);
    await keeper.stop();
  });
});
