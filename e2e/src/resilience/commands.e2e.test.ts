import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { until } from '../harness/until.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { scripts: Record<string, string> };
const { HELP } = (await import(`${ROOT}/scripts/lib/help.mjs`)) as { HELP: Record<string, string> };

const { readLine } = (await import(`${ROOT}/scripts/lib/log-lines.mjs`)) as {
  readLine: (line: string, options: { everything: boolean }) => { msg: string } | undefined;
};

/** The conformance kit prints its own help, which the tests of apps/sandbox cover. */
const WITH_OWN_HELP = ['koshelek:check'];
/** All their options are those of the program that they start. */
const PASS_OPTIONS_ON = ['psql', 'audit:verify', 'signature:try'];
const commands = Object.keys(scripts).filter((name) => !WITH_OWN_HELP.includes(name));
const PROGRAMS = [
  ...['main', 'import', 'migrate', 'ledger', 'keys', 'audit-verify', 'signature-try'].map(
    (name) => `apps/gateway/dist/${name}.js`,
  ),
  'apps/sandbox/dist/main.js',
];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Node program to its end, at the root of the checkout; it has no settings. */
function run(...args: string[]): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env: { PATH, HOME, TERM: 'dumb' } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** The command lines of the processes that name a folder or work below it (Linux). */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map(async (pid) => {
      // One that ends meanwhile has neither.
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return line.includes(folder) || place.startsWith(folder) ? [line.replaceAll('\0', ' ')] : [];
    }),
  );
  return lines.flat();
}

const scriptOf = (name: string): string => (scripts[name] ?? '').replace(/^node /, '');

describe('the npm commands', () => {
  it('all have a help text', () => {
    expect(Object.keys(HELP).toSorted()).toEqual(commands.toSorted());
  });

  it.each(commands.filter((name) => HELP[name] !== undefined))(
    'prints the usage of %s for --help, and does nothing else',
    async (name) => {
      const { code, stdout, stderr } = await run(scriptOf(name), '--help');
      expect([code, stderr, stdout]).toEqual([0, '', HELP[name]]);
      expect(stdout).toMatch(/^usage: npm /);
    },
  );

  it.each(commands.filter((name) => !PASS_OPTIONS_ON.includes(name)))(
    'refuses an option that %s does not know, with exit code 2, and does nothing else',
    async (name) => {
      const { code, stdout, stderr } = await run(scriptOf(name), '--unheard-of');
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('--unheard-of')]);
    },
  );

  it('write over a line on a terminal that can, and nowhere else', async () => {
    const steps = `process.stdout.isTTY = true;
      const { Steps } = await import('./scripts/lib/steps.mjs');
      await new Steps(1).run('look', () => undefined);`;
    expect(await run('--input-type=module', '-e', `process.env.TERM = 'xterm'; ${steps}`)).toMatchObject({
      stdout: expect.stringContaining('\r'),
    });
    expect(await run('--input-type=module', '-e', steps)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^✓ look \(\d\.\d s\)\n$/),
      stderr: '',
    });
  });
});

describe('npm test', () => {
  it('keeps the results of this checkout in this checkout, apart for each version of Node', async () => {
    const nx = `console.log(require('./node_modules/nx/dist/src/utils/cache-directory.js').cacheDir)`;
    const { stdout } = await run('-e', nx);
    expect(stdout.trim()).toBe(join(ROOT, '.nx/cache'));
    const { namedInputs } = JSON.parse(readFileSync(`${ROOT}/nx.json`, 'utf8')) as {
      namedInputs: Record<string, unknown>;
    };
    expect(namedInputs['settings']).toContainEqual({ runtime: 'node -p process.version' });
  });

  it('ends with all that it has started when it receives SIGTERM: Jest, PostgreSQL and Redis', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vestibule-interrupted-'));
    await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
    const hanging = `import { writeFileSync } from 'node:fs';
      test('hangs', () => (writeFileSync('hanging', ''), new Promise(() => undefined)), 600_000);`;
    await writeFile(join(folder, 'hanging.test.mjs'), hanging);
    const config = {
      rootDir: folder,
      testMatch: ['**/*.test.mjs'],
      globalSetup: `${ROOT}/e2e/servers/global-setup.mjs`,
    };
    const jest = [
      '--experimental-vm-modules',
      `${ROOT}/node_modules/jest/bin/jest.js`,
      '--config',
      JSON.stringify(config),
    ];
    // As scripts/lib/test.mjs runs Nx.
    const runner = `const { run } = await import('${ROOT}/scripts/lib/run.mjs');
      await run(process.execPath, ${JSON.stringify(jest)}, { cwd: '${folder}' });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', runner], {
      env: { ...process.env, TMPDIR: folder, TEST_REDIS_URL: '' },
      stdio: 'ignore',
    });
    await until('the test hangs', () => Promise.resolve(existsSync(join(folder, 'hanging')) || undefined));
    const programs = (await processesOf(folder)).join('\n');
    for (const program of ['jest.js', 'postgres', 'redis-server']) expect(programs).toContain(program);
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
    await until('nothing of it runs', async () => ((await processesOf(folder)).length === 0 ? true : undefined));
    await rm(folder, { recursive: true, force: true });
  });
});

describe.each(PROGRAMS)('%s', (program) => {
  it('prints its usage for --help, refuses an option that it does not know with exit code 2, and does nothing else', async () => {
    expect(await run(program, '--help')).toEqual({
      code: 0,
      stdout: expect.stringContaining(`usage: node ${program}`),
      stderr: '',
    });
    expect(await run(program, '--unheard-of')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/--unheard-of(.|\n)*usage: node /),
    });
  });
});

describe('npm run vulnerabilities', () => {
  it('takes a report for a report, and what a registry without that call says for no answer', async () => {
    const { readAdvisories } = (await import(`${ROOT}/scripts/lib/vulnerabilities.mjs`)) as {
      readAdvisories: (text: string) => { severity: string }[] | undefined;
    };
    expect(readAdvisories('{"advisories":{"7":{"severity":"high"}}}')).toEqual([{ severity: 'high' }]);
    expect(readAdvisories('{"advisories":{}}')).toEqual([]);
    const silence = ['', 'ERR_PNPM_AUDIT_BAD_RESPONSE responded with 405', '{"error":{"code":"ECONNREFUSED"}}'];
    expect(silence.map(readAdvisories)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the log of the demo', () => {
  const read = (record: object, everything = false): string | undefined =>
    readLine(JSON.stringify({ level: 'info', ...record }), { everything })?.msg;

  it('says in a sentence what became of an order', () => {
    const attempt = { msg: 'attempt', orderId: '019a', reason: null, resultCode: 0 };
    expect(read({ ...attempt, status: 'confirmed', totalAmount: '2800.00' })).toBe('order 019a confirmed, 2,800 ₽');
    expect(read({ ...attempt, status: 'rejected', resultCode: 601 })).toBe('order 019a rejected (resultCode 601)');
    expect(read({ ...attempt, status: 'unknown', resultCode: null, reason: 'timeout' })).toBe(
      'order 019a unknown (timeout)',
    );
  });

  it('leaves out what else is normal, unless someone has set a level, and never what is wrong', () => {
    const [normal, wrong] = [{ msg: 'the gateway is serving' }, { level: 'warn', msg: 'tracking pauses' }];
    expect([read(normal), read(normal, true), read(wrong)]).toEqual([undefined, normal.msg, wrong.msg]);
  });

  it('shows what is no log line as it is', () => {
    expect(readLine('Debugger attached.', { everything: false })?.msg).toBe('Debugger attached.');
  });
});
