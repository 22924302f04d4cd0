import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withGateway } from '../harness/with-gateway.js';

const IMPORT = fileURLToPath(new URL('../../../apps/gateway/dist/import.js', import.meta.url));

describe('the command import.js', () => {
  const { database } = withGateway({ running: false, isolated: true });
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-import-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs it to its end, in the folder, with only the given environment. */
  async function run(args: readonly string[], env: Record<string, string> = { DATABASE_URL: database.url }) {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [IMPORT, ...args], {
      cwd: folder,
      env: { PATH, HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, remarks] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (remarks += text));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, out, remarks };
  }
  const write = async (content: string): Promise<string> => {
    await writeFile(join(folder, 'clients.csv'), content);
    return 'clients.csv';
  };
  const numbers = async (): Promise<string[]> => {
    const { rows } = await database.pool.query<{ number: string }>('select number from cards order by number');
    return rows.map(({ number }) => number);
  };

  it('reads a file .env like every other command, and writes nothing in a dry run', async () => {
    await writeFile(join(folder, '.env'), `DATABASE_URL=${database.url}\n`);
    const file = await write('card_number;phone\nA;79160000001\nB;79160000001\n');
    const rehearsal = await run(['--dry-run', 'clients', file], {});
    expect(rehearsal).toEqual({
      status: 0,
      out: "line 3: phone is the phone of another card's holder\n",
      remarks:
        "rejected 1 ×: phone is the phone of another card's holder\n" +
        '2 lines: 1 created, 0 changed, 0 unchanged, 1 rejected; a dry run: nothing was written\n',
    });
    expect(await numbers()).toEqual([]);
    const { status, out, remarks } = await run(['clients', file], {});
    expect({ status, out }).toEqual({ status: 0, out: rehearsal.out });
    expect(remarks).toBe(rehearsal.remarks.replace('a dry run: nothing was written', 'done'));
    expect(await numbers()).toEqual(['A']);
  });

  it('refuses to start without a configured database', async () => {
    const file = await write('card_number\nA\n');
    const { status, remarks } = await run(['clients', file], {});
    expect({ status, remarks }).toEqual({ status: 1, remarks: expect.stringContaining('DATABASE_URL is not set') });
    expect(await readdir(folder)).toEqual(['clients.csv']);
  });

  it('refuses a file .env in which a # would cut a value short, by the name of the variable and without the value', async () => {
    await writeFile(join(folder, '.env'), `DATABASE_URL=${database.url}\nTROIKA_BASIC_PASSWORD=half#other\n`);
    const { status, remarks } = await run(['clients', await write('card_number\nA\n')], {});
    expect({ status, remarks }).toEqual({
      status: 1,
      remarks: expect.stringMatching(/^vestibule: TROIKA_BASIC_PASSWORD in \.env has a # outside of quotes[^\n]+\n$/),
    });
    expect(remarks).not.toMatch(/half|other/);
  });

  it('ends with an error when every line was rejected, and when the file cannot be read', async () => {
    expect(await run(['clients', await write('card_number\nanonymous\n1E+5\n')])).toEqual({
      status: 1,
      out: expect.stringMatching(/^line 2: .+\nline 3: .+\n$/),
      remarks: expect.stringContaining('0 unchanged, 2 rejected; every line was rejected\n'),
    });
    expect(await run(['clients', await write('name\nAnna\n')])).toMatchObject({
      status: 1,
      remarks: expect.stringContaining('names no column card_number'),
    });
    expect(await run(['clients', 'missing.csv'])).toMatchObject({
      status: 1,
      remarks: expect.stringContaining('missing.csv'),
    });
  });

  it('explains itself, and refuses options that it does not know', async () => {
    const help = await run(['--help'], {});
    expect({ status: help.status, out: help.out }).toEqual({ status: 0, out: expect.stringContaining('--dry-run') });
    expect(await run(['--dryrun', 'clients', 'file.csv'])).toMatchObject({
      status: 2,
      remarks: expect.stringContaining("Unknown option '--dryrun'"),
    });
  });
});
