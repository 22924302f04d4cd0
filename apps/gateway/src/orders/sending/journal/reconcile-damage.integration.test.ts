import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { appendFile, copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { reconcile } from './reconcile.js';
import type { ReconcileReport } from './reconcile-report.js';
import { segmentName } from './segment-files.js';
import { openJournalFolder, type JournalFolder } from './testing/journals.js';
import { insertOrder, look, operatorEvents } from './testing/ledger.js';
import { begun, ended, LEDGER, linesOf, opened } from './testing/lines.js';

const OTHER_LEDGER = randomUUID();
const logger = pino({ level: 'silent' });

let database: TestDatabase;
let folder: JournalFolder;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = await openJournalFolder();
  await database.pool.query('delete from troika_order_ids');
});
afterEach(() => folder.remove());

const run = (): Promise<ReconcileReport> =>
  reconcile({
    pool: database.pool,
    directory: folder.directory,
    copy: undefined,
    ledgerId: LEDGER,
    own: undefined,
    logger,
  });
const attemptOf = async () => begun({ orderId: await insertOrder(database) });
const statusOf = async ({ orderId }: { orderId: string }) => (await look(database, orderId)).status;

/** The sentences of a report, which are also in operator events. */
async function sentences({ faults, notices }: ReconcileReport): Promise<{ faults: string[]; notices: string[] }> {
  const events = [
    ...(await operatorEvents(database, 'send-journal.fault')),
    ...(await operatorEvents(database, 'send-journal.notice')),
  ].map(({ message }) => message);
  for (const { sentence } of [...faults, ...notices]) expect(events).toContain(sentence);
  return { faults: faults.map(({ sentence }) => sentence), notices: notices.map(({ sentence }) => sentence) };
}

describe('a send journal', () => {
  it('whose last line is torn counts up to there, and is reported once', async () => {
    const [sent, torn] = [await attemptOf(), await attemptOf()];
    const { path } = await folder.write([sent, ended(sent), torn]);
    await truncate(path, (await readFile(path)).byteLength - 20);
    const report = await run();
    expect(report).toMatchObject({ compared: 1, missing: 1 });
    expect(await sentences(report)).toEqual({ faults: [], notices: [expect.stringContaining('is torn at byte')] });
    expect([await statusOf(sent), await statusOf(torn)]).toEqual(['confirmed', 'accepted']);
    await run();
    const events = await operatorEvents(database, 'send-journal.notice');
    expect(events.filter(({ message }) => message.includes(path))).toHaveLength(1);
  });

  it('with damaged lines gives the others, and says that attempts may be missing', async () => {
    const attempts = [await attemptOf(), await attemptOf(), await attemptOf()];
    const { path } = await folder.write(attempts);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(attempts[1]?.orderId ?? '', randomUUID()));
    const report = await run();
    expect(report).toMatchObject({ compared: 2, missing: 2 });
    const { faults } = await sentences(report);
    expect(faults).toEqual([expect.stringContaining(`1 lines of the send journal ${path} are damaged`)]);
  });

  it('that lacks lines in its middle, or a segment, says which', async () => {
    const journal = randomUUID();
    const attempts = await Promise.all(Array.from({ length: 6 }, attemptOf));
    const lines = linesOf([opened(journal), ...attempts.slice(0, 3)]);
    await writeFile(join(folder.directory, segmentName(journal, 1)), [lines[0], lines[1], lines[3]].join(''));
    const later = linesOf([opened(journal), ...attempts.slice(3)], 9);
    await writeFile(join(folder.directory, segmentName(journal, 9)), later.join(''));
    const report = await run();
    expect(report).toMatchObject({ compared: 5, missing: 5 });
    const { faults } = await sentences(report);
    expect(faults.join('\n')).toMatch(/has no lines 3 to 3(.|\n)*Lines 5 to 8 in front of/);
  });

  it('that continued in another segment after the disk failed, has no gap there', async () => {
    const journal = randomUUID();
    const [one, two] = [await attemptOf(), await attemptOf()];
    await writeFile(join(folder.directory, segmentName(journal, 1)), linesOf([opened(journal), one]).join(''));
    const later = linesOf([opened(journal, { afterFailure: true }), two], 7);
    await writeFile(join(folder.directory, segmentName(journal, 7)), later.join(''));
    expect(await run()).toMatchObject({ compared: 2, missing: 2, faults: [], notices: [] });
  });

  it('that was cut below its mark is reported, and later lines count', async () => {
    const [sent, late] = [await attemptOf(), await attemptOf()];
    const { path } = await folder.write([sent, ended(sent)]);
    await run();
    await truncate(path, 100);
    const { faults } = await sentences(await run());
    expect(faults).toEqual([expect.stringContaining('it was cut')]);
    await folder.write([late, ended(late, { troikaOrderId: '7' })]);
    await run();
    expect(await statusOf(late)).toBe('confirmed');
  });

  it('that was copied under any name counts once', async () => {
    const attempt = await attemptOf();
    const { path } = await folder.write([attempt, ended(attempt)]);
    await copyFile(path, join(folder.directory, segmentName(randomUUID(), 1)));
    await copyFile(path, join(folder.directory, 'saved.journal'));
    const report = await run();
    expect(report).toMatchObject({ missing: 1, ledgerIsBehind: false, faults: [] });
    const { notices } = await sentences(report);
    expect(notices.join('\n')).toMatch(/is a copy of the send journal(.|\n)*does not have the name of a send journal/);
    expect(await look(database, attempt.orderId)).toMatchObject({ outcomes: ['1 answered'], status: 'confirmed' });
  });

  it('whose content is repeated counts once', async () => {
    const attempt = await attemptOf();
    const { path } = await folder.write([attempt, ended(attempt)]);
    await appendFile(path, await readFile(path));
    const report = await run();
    expect(report).toMatchObject({ compared: 1, missing: 1, faults: [] });
    expect((await sentences(report)).notices).toEqual([expect.stringContaining('3 lines of the send journal')]);
  });

  it('of another ledger is compared with nothing', async () => {
    const attempt = begun({ orderId: await insertOrder(database), ledgerId: OTHER_LEDGER });
    await folder.write([attempt, ended(attempt, { ledgerId: OTHER_LEDGER })], { ledgerId: OTHER_LEDGER });
    const report = await run();
    expect(report).toMatchObject({ journals: 0, compared: 0, missing: 0, strangers: 0, faults: [] });
    expect((await sentences(report)).notices).toEqual([expect.stringContaining(`another ledger (${OTHER_LEDGER})`)]);
    expect(await statusOf(attempt)).toBe('accepted');
  });

  it('that cannot be read is reported, and the others count', async () => {
    await mkdir(join(folder.directory, segmentName(randomUUID(), 1)));
    const attempt = await attemptOf();
    await folder.write([attempt]);
    const report = await run();
    expect(report).toMatchObject({ compared: 1, missing: 1 });
    expect((await sentences(report)).faults).toEqual([expect.stringContaining('cannot be read (EISDIR)')]);
  });

  it('that is not a journal is reported', async () => {
    await writeFile(join(folder.directory, segmentName(randomUUID(), 1)), Buffer.alloc(300_000, 'PNG\n'));
    expect(await run()).toMatchObject({ compared: 0, faults: [{ sentence: expect.stringContaining('are damaged') }] });
  });

  it('that is empty, because its process ended at once, is nothing', async () => {
    await writeFile(join(folder.directory, segmentName(randomUUID(), 1)), '');
    expect(await run()).toMatchObject({ compared: 0, faults: [], notices: [] });
  });

  it('whose folder cannot be read is reported', async () => {
    await folder.remove();
    await writeFile(folder.directory, 'a file');
    const report = await run();
    expect((await sentences(report)).faults).toEqual([expect.stringContaining('cannot be read (ENOTDIR)')]);
  });
});
