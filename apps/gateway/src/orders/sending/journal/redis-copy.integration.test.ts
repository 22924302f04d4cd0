import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster, Redis } from 'ioredis';
import { pino } from 'pino';
import type { CappedLog } from '../../../queue/capped-log.js';
import { connectRedis, parseRedisUrl } from '../../../queue/redis-address.js';
import { openRedisCappedLog } from '../../../queue/redis-capped-log.js';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { reconcile, type ReconcileReport } from './reconcile.js';
import { SendJournal } from './send-journal.js';
import { insertOrder, look } from './testing/ledger.js';
import { begun, ended, LEDGER, linesOf, opened } from './testing/lines.js';

const logger = pino({ level: 'silent' });
const { TEST_REDIS_URL: url } = process.env;

for (const address of url === undefined ? [] : [url])
  describe('the copy of the send journals in Redis', () => {
    let database: TestDatabase;
    let client: Redis | Cluster;
    let copy: CappedLog;
    let key: string;
    let folder: string;
    beforeAll(async () => {
      database = await openTestDatabase();
      client = connectRedis(parseRedisUrl(address), { enableOfflineQueue: true });
      folder = await mkdtemp(join(tmpdir(), 'vestibule-copy-'));
    });
    afterAll(async () => {
      client.disconnect();
      await rm(folder, { recursive: true, force: true });
      await database.close();
    });
    beforeEach(async () => {
      await client.ping();
      key = `{copy-${randomUUID()}}`;
      copy = openRedisCappedLog(client, key, { mostLines: 100, mostLists: 3, keepSecs: 600 });
      await database.pool.query('delete from troika_order_ids');
    });

    const run = (given = copy): Promise<ReconcileReport> =>
      reconcile({
        pool: database.pool,
        directory: join(folder, 'lost'),
        copy: given,
        ledgerId: LEDGER,
        own: undefined,
        logger,
      });
    const linesFrom = async (journal: string, seq: number): Promise<string[]> => {
      const pages: (readonly string[])[] = [];
      for await (const page of copy.read(journal, seq)) pages.push(page);
      return pages.flat();
    };
    const numbered = (lines: readonly string[], from = 1) => lines.map((text, index) => ({ seq: from + index, text }));

    it('has the sends when the disk is lost', async () => {
      const journal = new SendJournal(
        { directory: join(folder, 'disk'), ledgerId: LEDGER, copy, onWritable: () => undefined },
        logger,
      );
      const entry = begun({ orderId: await insertOrder(database) });
      await journal.begin(entry);
      await journal.end(ended(entry));
      await journal.close();
      await client.ping();
      expect(await run()).toMatchObject({ journals: 1, compared: 1, missing: 1, faults: [] });
      expect(await look(database, entry.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '228422' });
      expect(await run()).toMatchObject({ compared: 0 });
    });

    it('that has lost its beginning says so', async () => {
      const entry = begun({ orderId: await insertOrder(database) });
      copy.append(randomUUID(), numbered(linesOf([entry], 40), 40));
      copy.flush();
      await client.ping();
      const { missing, faults } = await run();
      expect(missing).toBe(1);
      expect(faults.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('without lines 1 to 39')]);
    });

    it('keeps about so many lines of a journal, and so many journals', async () => {
      const journals = Array.from({ length: 5 }, () => randomUUID());
      for (const journal of journals) {
        const lines = numbered(linesOf([opened(journal), ...Array.from({ length: 600 }, () => begun())]));
        for (let from = 0; from < lines.length; from += 5) {
          copy.append(journal, lines.slice(from, from + 5));
          copy.flush();
        }
        await client.ping();
      }
      expect(await copy.lists()).toEqual(journals.slice(-3));
      const { length } = await linesFrom(journals.at(-1) ?? '', 1);
      expect(length).toBeGreaterThanOrEqual(100);
      expect(length).toBeLessThan(400);
    });

    it('gives the lines from a number on, whichever were added together, and those of an earlier version', async () => {
      const journal = randomUUID();
      const texts = linesOf([opened(journal), ...Array.from({ length: 6 }, () => begun())]);
      for (const [index, text] of texts.slice(0, 2).entries())
        await client.xadd(`${key}:${journal}`, `${index + 1}-0`, 'line', text);
      const lines = numbered(texts).slice(2);
      copy.append(journal, lines.slice(0, 2));
      copy.append(journal, lines.slice(2, 3));
      copy.flush();
      copy.append(journal, lines.slice(3));
      copy.flush();
      for (const from of [1, 2, 3, 4, 7, 8]) expect(await linesFrom(journal, from)).toEqual(texts.slice(from - 1));
      expect(await client.xlen(`${key}:${journal}`)).toBe(4);
    });

    it('that is away stops nothing, and is reported', async () => {
      const away = connectRedis(parseRedisUrl('redis://127.0.0.1:1'), { enableOfflineQueue: false });
      away.on('error', () => undefined);
      const gone = openRedisCappedLog(away, key, { mostLines: 100, mostLists: 3, keepSecs: 600 });
      gone.append(randomUUID(), numbered(linesOf([begun()])));
      gone.flush();
      const { faults, notices } = await run(gone);
      expect(faults).toEqual([]);
      expect(notices).toEqual([{ file: 'redis', sentence: expect.stringContaining('cannot be read') }]);
      away.disconnect();
    });
  });
