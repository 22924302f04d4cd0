import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Signer } from '@vestibule/signer';
import { answering } from './testing/answers.js';
import { makeClient, makeSigner, SECRETS, EXAMPLE_BODY } from './testing/clients.js';
import { writeCommand } from './testing/commands.js';
import { expectNoSecret } from './testing/observe-call.js';
import { leavingNothingOpen } from './testing/open-resources.js';
import { type RawServer, startRawServer } from './testing/raw-server.js';

describe('a call that cannot be signed', () => {
  let server: RawServer;
  beforeEach(async () => {
    server = await startRawServer({ onRequest: answering() });
  });
  afterEach(() => server.close());

  async function expectNotSent(signer: Signer, detail: RegExp): Promise<void> {
    const client = makeClient(`http://127.0.0.1:${server.port}/`, { signer });
    const result = await leavingNothingOpen(() => client.call('app_create_order', EXAMPLE_BODY));
    expect(result).toMatchObject({ kind: 'not-sent', reason: 'signing-failed', detail: expect.stringMatching(detail) });
    expect(result).not.toHaveProperty('keyId');
    expectNoSecret(result);
    expect(server.connections()).toBe(0);
  }

  it('is not sent when the external command fails, and repeats nothing of its output', async () => {
    const command = writeCommand('echo "$SIGNER_KEY"; echo "$SIGNER_KEY" >&2; exit 3');
    try {
      await expectNotSent(makeSigner(`external:${command.path}`), /failed with exit code 3/);
    } finally {
      command.remove();
    }
  });

  it('is not sent when the external command gives no signature', async () => {
    const command = writeCommand('cat > /dev/null');
    try {
      await expectNotSent(makeSigner(`external:${command.path}`), /empty signature/);
    } finally {
      command.remove();
    }
  });

  it('is not sent when the external command has disappeared since the start', async () => {
    const command = writeCommand('exit 0');
    const signer = makeSigner(`external:${command.path}`);
    command.remove();
    await expectNotSent(signer, /cannot be run \(ENOENT\)/);
  });

  it('is not sent when a signer fails with its key in the message', async () => {
    const leaking: Signer = {
      sign: () => Promise.reject(new RangeError(`bad key: ${SECRETS.signatureKey}`)),
      verify: () => Promise.resolve(false),
    };
    await expectNotSent(leaking, /^RangeError$/);
  });

  it('is not even made with a key of the wrong kind, which is refused without being shown', () => {
    let message = '';
    try {
      makeSigner('rsa-sha256:base64');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^signature key 1 /);
    expect(message).not.toContain(SECRETS.signatureKey);
  });
});
