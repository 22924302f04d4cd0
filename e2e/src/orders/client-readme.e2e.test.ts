import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { startDemo, type Demo } from '../harness/demo.js';
import { until } from '../harness/until.js';

const CLIENT = fileURLToPath(new URL('../../../libs/client', import.meta.url));
/** The demo's. */
const SECRET = 'whsec_ZGVtby1jYWxsYmFjay1zZWNyZXQtb2YtbnBtLXN0YXJ0';

describe("the examples of the client's README", () => {
  let demo: Demo;
  let folder: string;
  let examples: string[];

  beforeAll(async () => {
    demo = await startDemo();
    folder = await mkdtemp(join(tmpdir(), 'vestibule-readme-'));
    await mkdir(join(folder, 'node_modules/@vestibule'), { recursive: true });
    await symlink(CLIENT, join(folder, 'node_modules/@vestibule/client'));
    const text = await readFile(join(CLIENT, 'README.md'), 'utf8');
    examples = [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
    for (const [index, code] of examples.entries()) await writeFile(join(folder, `${index}.mjs`), code);
  });
  afterAll(async () => {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const env = (more: Record<string, string> = {}) => ({
    PATH: process.env['PATH'] ?? '',
    VESTIBULE_URL: demo.internalUrl,
    VESTIBULE_KEY: 'demo-orders-key',
    ...more,
  });
  const run = async (index: number, more: Record<string, string> = {}): Promise<string> =>
    (await promisify(execFile)(process.execPath, [`${index}.mjs`], { cwd: folder, env: env(more) })).stdout;

  it('are all tried here', () => {
    expect(examples).toHaveLength(8);
  });

  it('place an order and wait for it, single and in a batch', async () => {
    expect(await run(0)).toBe('confirmed 2800\n');
    expect(await run(1)).toMatch(/^[\da-f-]{36} (confirmed|unknown)\n$/);
  });

  it('repeat an order under its key', async () => {
    expect(await run(2)).toBe('true\n');
  });

  it('find orders and cancel them', async () => {
    expect(await run(3)).toMatch(/^([\da-f-]{36} .+\n)*$/);
  });

  it('ask for tickets', async () => {
    expect(await run(4)).toMatch(/^((Единый, 30 дней|nothing new) (pending|written)\n)*$/);
  });

  it('look up the catalogue and the guarantee fund', async () => {
    await until('the dictionaries are there', () => run(5).catch(() => undefined));
    expect(await run(5)).toBe('2680 100 true\n');
  });

  it('receive a callback that the official library signed and one that is a test, and refuse a forged one', async () => {
    const port = await freePort();
    const server = spawn(process.execPath, ['6.mjs'], {
      cwd: folder,
      env: env({ CALLBACK_SECRET: SECRET, CALLBACK_PORT: String(port) }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      server.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      const body = JSON.stringify({ type: 'order.confirmed', data: { order: { id: 'the-order' } } });
      const now = new Date();
      const deliver = (signature: string) =>
        fetch(`http://127.0.0.1:${port}`, {
          method: 'POST',
          headers: {
            'webhook-id': 'msg_1',
            'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
            'webhook-signature': signature,
          },
          body,
        });
      const signature = new Webhook(SECRET).sign('msg_1', now, body);
      await until('the receiver listens', () => deliver('v1,forged').catch(() => undefined));
      expect((await deliver('v1,forged')).status).toBe(400);
      for (let time = 0; time < 2; time += 1) expect((await deliver(signature)).status).toBe(204);
      expect(await run(7, { CALLBACK_URL: `http://127.0.0.1:${port}` })).toBe('delivered \n');
      await until('it says so', () => Promise.resolve(said === '' ? undefined : true));
      expect(said).toBe('order.confirmed the-order\n');
    } finally {
      server.kill();
    }
  });
});
