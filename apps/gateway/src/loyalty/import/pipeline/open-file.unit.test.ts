import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zip } from '../testing/zip.js';
import { openImportFile } from './open-file.js';

const CSV = 'card_number;phone\n0001;79160000001\n';

describe('a file to import', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-open-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** All of the CSV's bytes, read twice as an import does. */
  async function read(content: string | Buffer): Promise<string> {
    const path = join(folder, 'file');
    await writeFile(path, content);
    const source = await openImportFile(path);
    try {
      const readings: string[] = [];
      for (let turn = 1; turn <= 2; turn += 1) {
        const chunks: Buffer[] = [];
        for await (const chunk of source.read()) chunks.push(chunk);
        readings.push(Buffer.concat(chunks).toString());
      }
      expect(readings[1]).toBe(readings[0]);
      return readings[0] ?? '';
    } finally {
      source.close();
    }
  }

  it.each([
    ['a CSV', CSV],
    ['a zip file, deflated', zip(CSV)],
    ['a zip file, stored', zip([{ text: CSV, method: 0 }])],
    [
      'a zip file with folders and the notes of file managers around it',
      zip([
        { name: 'export/', text: '', method: 0 },
        { name: '__MACOSX/export/._clients.csv', text: 'Mac' },
        { name: 'export/.DS_Store', text: 'Mac' },
        { name: 'export/Thumbs.db', text: 'Windows' },
        { name: 'export/клиенты.csv', text: CSV },
      ]),
    ],
  ])('is read from %s', async (_what, content) => {
    expect(await read(content)).toBe(CSV);
  });

  it.each([
    [
      'has several data files, by their names',
      zip([
        { name: 'clients.csv', text: CSV },
        { name: 'export/bonuses.csv', text: CSV },
      ]),
      'several files in it (clients.csv, export/bonuses.csv)',
    ],
    ['has no file', zip([{ name: 'export/', text: '', method: 0 }]), 'has no file in it'],
    ['is empty', zip([]), 'has no file in it'],
    ['is encrypted', zip([{ text: CSV, encrypted: true }]), 'is encrypted'],
    ['is packed in an unusual way', zip([{ text: CSV, method: 12 }]), 'is packed by method 12'],
    ['is an Excel workbook', zip([{ name: '[Content_Types].xml', text: '<x/>' }]), 'is an Excel workbook'],
    ['is an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'is an Excel workbook'],
    ['is packed with gzip', gzipSync(CSV), 'packed with gzip'],
    ['is a PDF document', '%PDF-1.7', 'is a PDF document'],
    ['is cut off', zip(CSV.repeat(500)).subarray(0, 60), 'is damaged, or cut off'],
    ['says a smaller size than it has', zip([{ text: CSV, size: CSV.length - 1 }]), 'is damaged, or cut off'],
    ['grows to a thousand times its size', zip('\n'.repeat(100 * 1024 * 1024)), 'grows to more than 200 times'],
  ])('is refused with the reason when it %s', async (_what, content, reason) => {
    await expect(read(content)).rejects.toThrow(reason);
  });

  it('is never read otherwise than it was packed, whichever byte of the zip file changes', async () => {
    const whole = zip(CSV);
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      const outcome = await read(damaged).catch((error: unknown) => String(error));
      // Without the signature of a zip file it is read as a CSV, which then has no header.
      if (at >= 4) expect(outcome === CSV || outcome.includes('the zip file')).toBe(true);
      else expect(outcome).not.toContain('79160000001\n');
    }
  });
});
