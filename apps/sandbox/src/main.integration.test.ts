import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSigner } from '@vestibule/signer';
import { PartnerClient, EXAMPLE_REQUEST, profileOf } from './testing/partner-client.js';

/** The built entry point: the test target builds first. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

interface Run {
  readonly child: ChildProcess;
  /** The exit code and everything that was printed, once it has ended. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function run(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const exit = once(child, 'exit').finally(() => running.delete(child));
  const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(([[code], stdout, stderr]) => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  return { child, ended };
}

/** The address of the log line that says so. */
async function listening({ child }: Run): Promise<string> {
  let printed = '';
  for (;;) {
    const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    printed += chunk.toString('utf8');
    const url = /listening at (http:[^"]+)/.exec(printed)?.[1];
    if (url !== undefined) return url;
  }
}

describe('node dist/main.js', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('serves the demo caller, stops on %s with exit code 0', async (signal) => {
    const started = run({ SANDBOX_PORT: '0' });
    const url = await listening(started);
    const key = { text: 'demo-signature-key' };
    const client = new PartnerClient({ url }, createSigner(profileOf('hmac-sha1:hex'), [key]));
    const authorization = `Basic ${Buffer.from('demo:demo-password').toString('base64')}`;
    expect(await client.envelope(EXAMPLE_REQUEST, { headers: { authorization } })).toMatchObject({ resultCode: 0 });

    started.child.kill(signal);
    const { code, stdout, stderr } = await started.ended;
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg).at(-1)).toBe('stopped');
    for (const secret of ['+71044826548', '1234567890', 'demo-password']) expect(stdout).not.toContain(secret);
  });

  it('says in one line that its port is taken, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await run({ SANDBOX_PORT: String(port) }).ended;
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`Port ${port} of 127.0.0.1 is taken: stop what listens there or set SANDBOX_PORT.\n`);
  });

  it('says in one line which setting it cannot use, and exits with 1', async () => {
    const unusable = await run({ TROIKA_SIGNATURE: 'rsa-sha256:base64', TROIKA_SIGNATURE_KEY: 'SECRET' }).ended;
    expect(unusable.code).toBe(1);
    expect(unusable.stderr).toMatch(/^TROIKA_SIGNATURE_KEY: [^\n]+\n$/);
    expect(unusable.stderr).not.toContain('SECRET');
  });
});
