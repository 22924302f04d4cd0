import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { decodeLine, type JournalEntry } from './journal-line.js';
import { SendJournal, type Ended, type SendJournalOptions } from './send-journal.js';
import { LEDGER } from './testing/lines.js';

const logger = pino({ level: 'silent' });
const PAID: Omit<Ended, 'orderId' | 'attempt'> = {
  outcome: 'answered',
  reason: null,
  httpStatus: 200,
  durationMs: 12,
  isFree: false,
  status: 'confirmed',
  cause: 'answered-0',
  resultCode: 0,
  troikaOrderId: '228422',
  troikaUuid: null,
  totalAmount: '2800',
};

let folder: string;
let directory: string;
const changes: boolean[] = [];
const journals: SendJournal[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-journal-'));
  directory = join(folder, 'journals');
  changes.length = 0;
});
afterEach(async () => {
  await Promise.all(journals.splice(0).map((journal) => journal.close()));
  await rm(folder, { recursive: true, force: true });
});

function open(given: Partial<SendJournalOptions> = {}): SendJournal {
  const onWritable = (isWritable: boolean): number => changes.push(isWritable);
  const options = { directory, ledgerId: LEDGER, copy: undefined, onWritable, retryMs: [5], ...given };
  const journal = new SendJournal(options, logger);
  journals.push(journal);
  return journal;
}
const sendOf = (orderId: string = randomUUID(), attempt = 1) => ({
  orderId,
  attempt,
  producer: 'shop',
  idempotencyKey: 'key',
  requestHash: 'ab',
});

/** The content of a folder, segment by segment. */
async function read(where = directory): Promise<{ seqs: number[]; entries: JournalEntry[]; segments: number }> {
  const names = (await readdir(where)).filter((name) => name.endsWith('.journal')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(where, name), 'utf8')));
  const lines = texts.flatMap((text) => text.split('\n').slice(0, -1)).map((text) => decodeLine(text));
  const held = lines.flatMap((line) => (line === undefined ? [] : [line]));
  return { seqs: held.map(({ seq }) => seq), entries: held.map(({ entry }) => entry), segments: names.length };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the send journal of a process', () => {
  it('has an attempt on disk before it lets it be sent, and its outcome afterwards', async () => {
    const journal = open();
    const send = sendOf();
    expect(await journal.begin(send)).toBe('begun');
    expect((await read()).entries).toMatchObject([
      { kind: 'opened', journal: journal.id },
      { kind: 'begun', ...send },
    ]);
    await journal.end({ ...send, ...PAID });
    expect((await read()).entries.at(-1)).toMatchObject({
      kind: 'ended',
      orderId: send.orderId,
      troikaOrderId: '228422',
    });
  });

  it('writes sends that begin together in the order of their numbers, each once', async () => {
    const journal = open();
    const sends = Array.from({ length: 300 }, () => sendOf());
    await Promise.all(sends.map((send) => journal.begin(send)));
    const { seqs, entries } = await read();
    expect(seqs).toEqual(Array.from({ length: 301 }, (_, index) => index + 1));
    expect(entries.slice(1).map((entry) => 'orderId' in entry && entry.orderId)).toEqual(
      sends.map(({ orderId }) => orderId),
    );
  });

  it('begins another segment when one is full, with the numbers continued', async () => {
    const journal = open({ segmentBytes: 600 });
    for (let count = 0; count < 6; count += 1) await journal.begin(sendOf());
    const { seqs, segments } = await read();
    expect(segments).toBeGreaterThan(1);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('lets no attempt begin a second time: a ledger that gives it out again has gone back in time', async () => {
    const journal = open();
    const orderId = randomUUID();
    expect(await journal.begin(sendOf(orderId, 2))).toBe('begun');
    expect(await journal.begin(sendOf(orderId, 1))).toBe('repeated');
    expect(await journal.begin(sendOf(orderId, 2))).toBe('repeated');
    expect(await journal.begin(sendOf(orderId, 3))).toBe('begun');
  });

  it('leads only up to the oldest attempt that is not settled', async () => {
    const journal = open();
    const [one, two] = [sendOf(), sendOf()];
    await journal.begin(one);
    await journal.begin(two);
    journal.settled(two);
    expect(journal.progress()).toMatchObject({ place: { seq: 1 }, settled: [{ orderId: two.orderId }] });
    journal.settled(one);
    expect(journal.progress()).toMatchObject({ place: { seq: 3 }, settled: [{ orderId: one.orderId }] });
  });

  it('shares its folder with others, each in a file of its own', async () => {
    const both = [open(), open()];
    await Promise.all(both.map((journal) => journal.begin(sendOf())));
    expect((await read()).segments).toBe(2);
  });
});

/** A file system of a few pages; only where we may mount one. */
const SMALL_DISK = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', '/mnt']).status === 0 ? ['tmpfs'] : [];
if (SMALL_DISK.length > 0) spawnSync('umount', ['/mnt']);

describe('a disk that takes no lines', () => {
  it('lets nothing begin until it does, and then gets the outcomes that it has missed', async () => {
    const journal = open();
    const sent = sendOf();
    await journal.begin(sent);
    await journal.close();
    await rm(directory, { recursive: true });
    await writeFile(directory, 'something stands in the way');
    await journal.end({ ...sent, ...PAID });
    expect(await journal.begin(sendOf())).toBe('unwritable');
    expect([journal.isWritable, changes]).toEqual([false, [false]]);
    await unlink(directory);
    await until(() => journal.isWritable);
    expect(changes).toEqual([false, true]);
    expect(await journal.begin(sendOf())).toBe('begun');
    const { entries } = await read();
    expect(entries[0]).toMatchObject({ kind: 'opened', afterFailure: true });
    expect(entries.filter(({ kind }) => kind === 'ended')).toMatchObject([{ orderId: sent.orderId }]);
  });

  it('drops an unwritten outcome once the ledger has it', async () => {
    await writeFile(directory, 'something stands in the way');
    const journal = open();
    const sent = sendOf();
    await journal.end({ ...sent, ...PAID });
    journal.settled(sent);
    await unlink(directory);
    await until(() => journal.isWritable);
    expect((await read()).entries.filter(({ kind }) => kind === 'ended')).toEqual([]);
  });

  it.each(SMALL_DISK)('because it is full (%s), stops sending until there is room', async (type) => {
    await mkdir(directory);
    spawnSync('mount', ['-t', type, '-o', 'size=64k', type, directory]);
    try {
      const journal = open();
      const outcomes: string[] = [];
      while (outcomes.at(-1) !== 'unwritable') outcomes.push(await journal.begin(sendOf()));
      expect(outcomes.length).toBeGreaterThan(50);
      spawnSync('mount', ['-o', 'remount,size=1m', directory]);
      await until(() => journal.isWritable);
      expect(await journal.begin(sendOf())).toBe('begun');
      await journal.close();
      const { entries } = await read();
      expect(entries.filter(({ kind }) => kind === 'begun').length).toBeGreaterThanOrEqual(outcomes.length);
    } finally {
      spawnSync('umount', [directory]);
    }
  });
});
