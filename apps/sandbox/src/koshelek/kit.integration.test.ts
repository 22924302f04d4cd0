import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKS } from '@vestibule/koshelek-kit';
import {
  BLOCKED_PHONE,
  GENERAL_MUTATIONS,
  LOGIN,
  PASSWORD,
  startServers,
  textReply,
} from '@vestibule/koshelek-kit/testing';

/** The built entry point: the test target builds first. */
const KIT = fileURLToPath(new URL('../../dist/koshelek-check.js', import.meta.url));

const { start, stopAll } = startServers();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vestibule-kit-'));
});
afterEach(stopAll);
afterAll(() => rm(folder, { recursive: true }));

async function kit(...args: string[]) {
  const child = spawn(process.execPath, [KIT, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code: code as number | null, stdout, stderr };
}

const CREDENTIALS = ['--login', LOGIN, '--password', PASSWORD];
const breakageOf = (fails: string) => GENERAL_MUTATIONS.find((mutation) => mutation.fails === fails)?.breakage ?? {};

describe('node dist/koshelek-check.js', () => {
  it('exits with 0 when every [D] check passed, with one line for each check', async () => {
    const { url } = await start();
    const { code, stdout, stderr } = await kit(url, ...CREDENTIALS, '--blocked-phone', BLOCKED_PHONE);
    expect([code, stderr]).toEqual([0, '']);
    for (const { id } of CHECKS) expect(stdout).toContain(`  ${id} `);
    expect(stdout).toContain('Every [D] check passed.');
    expect(stdout).not.toContain(PASSWORD);
    expect(stdout).not.toContain(Buffer.from(`${LOGIN}:${PASSWORD}`).toString('base64'));
  });

  it('exits with 1 when a [D] check failed, and shows the request, the answer and what was expected', async () => {
    const { url } = await start(breakageOf('answer.content-type'));
    const { code, stdout } = await kit(url, ...CREDENTIALS);
    expect(code).toBe(1);
    expect(stdout).toContain('expected: one header Content-Type with exactly "application/json; charset=utf-8;"');
    expect(stdout).toContain('found:    Content-Type: application/json; charset=utf-8 (');
    expect(stdout).toMatch(
      / {4}GET \/v1\/card\?msisdn=\d+\n[^]*Authorization: Basic \*\*\*\n[^]*HTTP 200 after \d+ ms/,
    );
    expect(stdout).toContain('[D] failed: answer.content-type');
    expect(stdout).not.toContain(PASSWORD);
  });

  it('exits with 0 when only [P] and [U] checks failed', async () => {
    const { url } = await start(breakageOf('auth.failure-body'));
    const { code, stdout } = await kit(url, ...CREDENTIALS);
    expect(stdout).toContain('✗ [U]  1  auth.failure-body');
    expect(code).toBe(0);
  });

  it('writes every check with its calls as JSON, and as JUnit in which only a [D] check fails', async () => {
    const { url } = await start({
      change: (reply, asked) => {
        breakageOf('answer.error-russian').change?.(reply, asked);
        breakageOf('auth.failure-body').change?.(reply, asked);
      },
    });
    await kit(url, ...CREDENTIALS, '--json', 'run.json', '--junit', 'run.xml');
    const written = await readFile(join(folder, 'run.json'), 'utf8');
    const json = JSON.parse(written) as { summary: unknown; checks: { id: string; outcome: string }[] };
    expect(json.summary).toMatchObject({ failed: 1, advisory: 1, conforms: false });
    expect(json.checks.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
    expect(json.checks.find(({ id }) => id === 'answer.error-russian')).toMatchObject({
      certainty: 'D',
      outcome: 'failed',
      expected: 'Cyrillic letters in description',
      found: expect.stringContaining('Card not found'),
      exchanges: expect.arrayContaining([
        { request: expect.anything(), answer: expect.objectContaining({ status: 422 }), durationMs: expect.anything() },
      ]),
    });
    const junit = await readFile(join(folder, 'run.xml'), 'utf8');
    expect(junit.match(/<testcase /g)).toHaveLength(CHECKS.length);
    expect(junit.match(/<failure /g)).toHaveLength(1);
    expect(junit).toContain('<skipped message="[U] expected: ');
    expect(junit).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /);
    for (const report of [written, junit]) expect(report).not.toContain(PASSWORD);
  });

  it('hides a password that the server echoes', async () => {
    const { url } = await start({ instead: ({ method }) => (method === 6 ? textReply(PASSWORD, 500) : undefined) });
    const { stdout } = await kit(url, ...CREDENTIALS);
    expect(stdout).toContain('HTTP 500');
    expect(stdout).not.toContain(PASSWORD);
  });

  it('says in one line that no server answers, and exits with 2', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    other.close();
    const { code, stdout, stderr } = await kit(`http://127.0.0.1:${port}`, ...CREDENTIALS);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `koshelek:check: no server answers at http://127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port})\n`,
    );
  });

  it('says in one line that a server does not answer in time, and exits with 2', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const { code, stderr } = await kit(`http://127.0.0.1:${port}`, ...CREDENTIALS, '--timeout-ms', '50');
    silent.close();
    expect([code, stderr]).toEqual([
      2,
      `koshelek:check: no server answers at http://127.0.0.1:${port} (nothing within 50 ms)\n`,
    ]);
  });

  it('says in one line that the password is wrong, and exits with 2', async () => {
    const { url } = await start();
    const { code, stderr } = await kit(url, '--login', LOGIN, '--password', 'other-password');
    expect([code, stderr]).toEqual([
      2,
      `koshelek:check: ${url} refuses the login ${LOGIN} with 401: is the password right?\n`,
    ]);
  });

  it('finds a server below a base path', async () => {
    const { url } = await start({
      beforeCredentials: ({ target }) => (target.startsWith('/cards/v1/') ? undefined : textReply('', 404)),
    });
    expect((await kit(`${url}/cards/`, ...CREDENTIALS)).code).toBe(0);
  });

  it.each([
    ['the URL of the server is missing', CREDENTIALS],
    ['the URL is invalid', ['loyalty', ...CREDENTIALS]],
    ['the URL begins with http:// or https://', ['ftp://loyalty.example.com', ...CREDENTIALS]],
    ['leave /v1 out', ['http://localhost/v1', ...CREDENTIALS]],
    ['use --login and --password', ['http://a:SECRET@localhost', ...CREDENTIALS]],
    ['--login and --password are needed', ['http://localhost', '--login', LOGIN]],
    ['--api-version is one of 1.0.0, 1.1.0', ['http://localhost', ...CREDENTIALS, '--api-version', '2']],
    ['--timeout-ms is a whole number', ['http://localhost', ...CREDENTIALS, '--timeout-ms', 'soon']],
    ['--card and --phone come together', ['http://localhost', ...CREDENTIALS, '--card', '1']],
    ['--phone is digits only', ['http://localhost', ...CREDENTIALS, '--card', '1', '--phone', '+7 916']],
    ["Unknown option '--colour'", ['http://localhost', ...CREDENTIALS, '--colour']],
  ])('refuses wrong usage in one line, and exits with 2: %s', async (message, args) => {
    const { code, stdout, stderr } = await kit(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^koshelek:check: [^\n]+; --help shows the usage\n$/);
    expect(stderr).toContain(message);
    for (const secret of [PASSWORD, 'SECRET']) expect(stderr).not.toContain(secret);
  });

  it('prints its usage', async () => {
    const { code, stdout } = await kit('--help');
    expect(code).toBe(0);
    for (const option of ['--json', '--junit', '--card', '--blocked-phone']) expect(stdout).toContain(option);
  });
});
