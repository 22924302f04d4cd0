import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { checkCertificate } from './certificate-check.js';
import { checkDisks } from './disk-check.js';
import type { HealthCheck } from './health-watch.js';
import { checkPool } from './pool-check.js';

const severities = async (check: HealthCheck): Promise<string[]> =>
  (await check.find()).map(({ severity }) => severity);

describe('the check of disks', () => {
  const GIB = 2 ** 30;
  const disk = (free: number, size: number): HealthCheck =>
    checkDisks(['/journal'], () => Promise.resolve({ bsize: 1, blocks: size, bavail: free }));

  it('reports a disk with less than a tenth and less than 1 GiB free, and names the folder', async () => {
    const [found] = await disk(0.5 * GIB, 20 * GIB).find();
    expect(found?.message).toContain('/journal (512 MiB are free)');
  });

  it('leaves a large disk with gigabytes and a small one with half of it free alone', async () => {
    expect(await severities(disk(2 * GIB, 1_000 * GIB))).toEqual([]);
    expect(await severities(disk(0.5 * GIB, 1 * GIB))).toEqual([]);
  });

  it('passes over a folder that is not there yet', async () => {
    expect(await severities(checkDisks(['/surely/not/there']))).toEqual([]);
  });
});

describe('the check of the pool', () => {
  const FULL = { totalCount: 3, idleCount: 0, waitingCount: 2, options: { max: 3 } } as const;
  const look = async (check: HealthCheck, times: number): Promise<string[]> => {
    for (let time = 1; time < times; time += 1) await check.find();
    return await severities(check);
  };

  it('reports statements that wait at three looks in a row, and not before', async () => {
    const pool = checkPool(FULL as never, () => true);
    expect(await look(pool, 2)).toEqual([]);
    expect(await look(pool, 1)).toEqual(['warning']);
  });

  it('says nothing while PostgreSQL is away, which makes everything wait', async () => {
    expect(
      await look(
        checkPool(FULL as never, () => false),
        5,
      ),
    ).toEqual([]);
  });
});

describe('the check of the certificate', () => {
  const DAY_MS = 86_400_000;
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const file = join(folder, 'cert.pem');
  const end = Date.now() + 30 * DAY_MS;
  beforeAll(async () => {
    const { cert } = await generate([{ name: 'commonName', value: 'localhost' }], { notAfterDate: new Date(end) });
    writeFileSync(file, cert);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each<[string, number, readonly string[]]>([
    ['says nothing three weeks before its end', 21, []],
    ['warns a week before', 7, ['warning']],
    ['is urgent on the last day', 1, ['critical']],
    ['is urgent when it has ended', -1, ['critical']],
  ])('%s', async (_, days, expected) => {
    expect(await severities(checkCertificate(file, () => end - days * DAY_MS))).toEqual(expected);
  });
});
