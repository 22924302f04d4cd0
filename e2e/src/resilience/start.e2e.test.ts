import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { until } from '../harness/until.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const sh = promisify(execFile);

/** On a machine that is busy. */
const START_LIMIT_MS = 240_000;
const running = new Set<ChildProcess>();

interface ShownOrder {
  readonly id: string;
  readonly status: string;
  readonly troika: { readonly orderId: number };
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Acts like Ctrl-C: the signal goes to all processes of the terminal. Resolves when all have ended. */
  ctrlC(): Promise<void>;
}

function npmStart(env: Readonly<Record<string, string>>): Started {
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', VESTIBULE_BUILT: '1', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  return {
    child,
    output: () => text,
    ctrlC: async () => {
      const closed = once(child, 'close');
      process.kill(-(child.pid ?? 0), 'SIGINT');
      await closed;
    },
  };
}

const untilServing = ({ child, output }: Started): Promise<true> =>
  until(
    'npm start serves',
    () => {
      if (child.exitCode !== null) throw new Error(`npm start ended:\n${output()}`);
      return Promise.resolve(output().includes('Ctrl-C stops it all.') ? true : undefined);
    },
    START_LIMIT_MS,
  );

/** What it said between its welcome and its end that is more than what happened: warnings and errors. */
function troubles({ output }: Started): readonly string[] {
  const [, said = 'no end was said'] = /Ctrl-C stops it all\.([^]*)Stopping …\s+Stopped\.\s*$/.exec(output()) ?? [];
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => !line.includes('"level":"info"'));
}

const curlLines = ({ output }: Started): string[] =>
  output()
    .split('\n')
    .filter((line) => line.startsWith('curl '));

/** Knows of curl's language what our lines use: -i, -u, -H, -d and an address. */
const CURL_IN_NODE = `#!${process.execPath}
const [address, headers, body] = [[], {}, []];
const words = process.argv.slice(2);
for (let word = words.shift(); word !== undefined; word = words.shift()) {
  if (word === '-u') headers.authorization = 'Basic ' + btoa(words.shift());
  else if (word === '-H') { const [name, value] = words.shift().split(': '); headers[name] = value; }
  else if (word === '-d') body.push(words.shift());
  else if (word !== '-i') address.push(word);
}
fetch(address[0], body.length ? { method: 'POST', headers, body: body[0] } : { headers }).then(async (answer) => {
  console.log('HTTP/1.1 ' + answer.status + ' ' + answer.statusText);
  for (const [name, value] of answer.headers) console.log(name + ': ' + value);
  console.log('\\n' + (await answer.text()));
});
`;

/** Runs a printed line in a shell; on a machine without curl, with a stand-in for it. */
async function asPrinted(line: string, folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'curl'), CURL_IN_NODE, { mode: 0o755 });
  const { stdout } = await sh('sh', ['-c', line], { env: { ...process.env, PATH: `${process.env['PATH']}:${bin}` } });
  return stdout;
}

describe('npm start', () => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-start-'));
    await chmod(folder, 0o755);
    const [PUBLIC_PORT, INTERNAL_PORT, SANDBOX_PORT] = (await Promise.all([freePort(), freePort(), freePort()])).map(
      String,
    );
    env = {
      DATA_DIR: join(folder, 'data'),
      PUBLIC_PORT: PUBLIC_PORT ?? '',
      INTERNAL_PORT: INTERNAL_PORT ?? '',
      SANDBOX_PORT: SANDBOX_PORT ?? '',
    };
  });
  afterAll(async () => {
    // What a failed test left behind.
    for (const { pid } of running) process.kill(-(pid ?? 0), 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  it('prints a curl line for each direction that works as printed, stops on Ctrl-C, and finds its data again', async () => {
    const first = npmStart(env);
    await untilServing(first);
    const [askCard, order] = curlLines(first);
    const card = await asPrinted(askCard ?? '', folder);
    expect(card).toContain('HTTP/1.1 200 OK');
    expect(card).toContain('"cardState":"active"');
    const accepted = await asPrinted(order ?? '', folder);
    expect(accepted).toContain('HTTP/1.1 202 Accepted');
    const place = /^location: (\S+)/im.exec(accepted)?.[1] ?? '';
    const look = async (): Promise<ShownOrder> => {
      const response = await fetch(`http://127.0.0.1:${env['INTERNAL_PORT']}${place}`, {
        headers: { authorization: 'Bearer demo-orders-key' },
      });
      return (await response.json()) as ShownOrder;
    };
    const confirmed = await until('the order is confirmed', async () => {
      const seen = await look();
      return seen.status === 'confirmed' ? seen : undefined;
    });
    // It says what happens, here as JSON, because nobody reads at a terminal.
    const said = /\{"level":"info".*"status":"confirmed".*"msg":"attempt"\}/;
    await until('the attempt is in the log', async () => said.test(first.output()) || undefined);
    expect(first.output()).toContain('signed with whsec_');
    const consoleUrl = /http:\S+\/console/.exec(first.output())?.[0] ?? '';
    expect((await fetch(consoleUrl)).headers.get('content-type')).toBe('text/html; charset=utf-8');
    const executed = await fetch(`http://127.0.0.1:${env['SANDBOX_PORT']}/_control/orders`);
    expect(await executed.json()).toMatchObject([{ orderId: confirmed.troika.orderId }]);

    const postmaster = Number((await readFile(join(folder, 'data/postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    await first.ctrlC();
    // No one needs to read how connections took their leave.
    expect(troubles(first)).toEqual([]);
    await expect(fetch(`http://127.0.0.1:${env['PUBLIC_PORT']}/`)).rejects.toThrow('fetch failed');
    await expect(fetch(`http://127.0.0.1:${env['SANDBOX_PORT']}/`)).rejects.toThrow('fetch failed');
    expect(() => process.kill(postmaster, 0)).toThrow('ESRCH');

    const second = npmStart(env);
    await untilServing(second);
    // What Тройка Бизнес says of its tickets comes meanwhile.
    const { id, status, troika } = confirmed;
    expect(await look()).toMatchObject({ id, status, troika });
    const remembered = await fetch(`http://127.0.0.1:${env['SANDBOX_PORT']}/_control/orders`);
    expect(await remembered.json()).toMatchObject([{ orderId: confirmed.troika.orderId }]);
    await second.ctrlC();
    // The stand-in still knows the paid order that is asked about.
    expect(troubles(second)).toEqual([]);
  }, 600_000);

  it('says in one line that a port is taken, exits with 1 and leaves nothing running', async () => {
    const squatter = createServer();
    await once(squatter.listen(Number(env['PUBLIC_PORT']), '127.0.0.1'), 'listening');
    try {
      const started = npmStart(env);
      const [code] = (await once(started.child, 'close')) as [number];
      expect(code).toBe(1);
      expect(started.output()).toContain(
        `vestibule: port ${env['PUBLIC_PORT']} is taken by another program; set PUBLIC_PORT to a free one`,
      );
      expect(started.output()).not.toMatch(/\n\s+at /);
      await expect(fetch(`http://127.0.0.1:${env['SANDBOX_PORT']}/`)).rejects.toThrow('fetch failed');
    } finally {
      squatter.close();
    }
  });

  it('says in one line that Node is too old', async () => {
    const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } })';
    const started = sh(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(older)}`, 'scripts/start.mjs'],
      {
        cwd: ROOT,
      },
    );
    await expect(started).rejects.toMatchObject({
      code: 1,
      stderr: 'vestibule: Node 20.19 or newer is needed, this is 18.20.0; see https://nodejs.org\n',
    });
  });
});
