import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeTestEvent } from './encode-event.js';
import { until } from '../../testing/until.js';
import { createSender, SECRET, untilStates } from './testing/company.js';
import { acceptOrder, confirmOrder } from './testing/outbox.js';
import { startReceiver } from '../../testing/receiver.js';
import { setUpEnvironment } from './testing/environment.js';

const GATEWAY = fileURLToPath(new URL('../../..', import.meta.url));

/** The receiver that docs/callbacks.md shows, word for word. */
function example(): string {
  const text = readFileSync(new URL('../../../../../docs/callbacks.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([^]*?)```/.exec(text) ?? [];
  return code;
}

describe('the receiver of docs/callbacks.md', () => {
  const { pool, deliver } = setUpEnvironment();
  let child: ChildProcess;
  let url: string;
  let said = '';
  beforeAll(async () => {
    // A port that was free a moment ago.
    const placeholder = await startReceiver();
    await placeholder.close();
    ({ href: url } = new URL(placeholder.url));
    child = spawn(process.execPath, ['--input-type=module', '-e', example()], {
      cwd: GATEWAY,
      env: { PATH: process.env['PATH'], PORT: new URL(url).port, CALLBACK_SECRET: SECRET },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until('it listens', async () => ((await test()).kind === 'answered' ? true : undefined));
  });
  afterAll(async () => {
    child.kill();
    await once(child, 'close');
  });

  function test(secret?: Buffer) {
    const sender = createSender(secret === undefined ? {} : { secretsOf: () => [secret] });
    return sender.send('shop', url, { id: 'evt_1', body: encodeTestEvent(new Date()) });
  }

  it('accepts our test and our event, and refuses other signatures', async () => {
    expect(await test()).toMatchObject({ httpStatus: 204 });
    expect(await test(Buffer.alloc(32, 7))).toMatchObject({ httpStatus: 401 });
    const id = await acceptOrder(pool(), url);
    await confirmOrder(pool(), id);
    deliver();
    await untilStates(pool(), 'delivered', 1);
    const lines = await until('it has said so', () => (said.includes('order.') ? said.trim().split('\n') : undefined));
    expect(lines).toEqual(['test undefined undefined', `order.confirmed ${id} undefined`]);
  });
});
