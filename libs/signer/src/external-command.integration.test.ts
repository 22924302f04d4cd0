import { createReadStream } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSigner } from './signer.js';
import { profileOf } from './testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from './testing/requests.js';
import { tempDir } from './testing/temp-dir.js';

const dir = tempDir();
const KEY = 'the-key-of-the-token';

function signerOf(command: string, options = '', keys = [{ text: KEY }]) {
  return createSigner(profileOf(`external:${command}${options}`), keys);
}

describe('an external command', () => {
  it('gets exactly the bytes on stdin and returns the text of the header on stdout', async () => {
    const body = Buffer.from([0x00, 0xff, 0x0a, 0x0d, 0x22]);
    const { headers } = await signerOf(dir.command('hex', 'od -An -v -tx1')).sign(requestWith({ body }));
    expect(headers).toEqual({ 'X-Signature': '00ff0a0d22' });
  });

  it('gets what the template and the pre-encoding make of the request', async () => {
    const profile = profileOf(`external:${dir.command('cat', 'cat')}`, {
      template: '{path}{body}',
      preEncoding: 'base64',
    });
    const { headers } = await createSigner(profile, []).sign(requestWith());
    expect(Buffer.from(headers['X-Signature']!, 'base64').toString()).toBe(`/api/v3${TROIKA_BODY.toString()}`);
  });

  it('may give binary, which is then encoded', async () => {
    const { headers } = await signerOf(dir.command('cat', 'cat'), ';encoding=base64url').sign(requestWith());
    expect(headers).toEqual({ 'X-Signature': TROIKA_BODY.toString('base64url') });
  });

  it('takes bodies larger than a pipe holds', async () => {
    const count = dir.command('count', 'wc -c');
    const { headers } = await signerOf(count).sign(requestWith({ body: Buffer.alloc(3_000_000, 'a') }));
    expect(headers).toEqual({ 'X-Signature': '3000000' });
  });

  it('verifies by signing again', async () => {
    const signer = signerOf(dir.command('sum', 'cksum | tr " " -'));
    const { headers } = await signer.sign(requestWith());
    expect(await signer.verify(requestWith(), asReceived(headers))).toBe(true);
    expect(await signer.verify(requestWith({ body: Buffer.from('other') }), asReceived(headers))).toBe(false);
    expect(await signer.verify(requestWith(), { 'x-signature': '1' })).toBe(false);
    expect(await signer.verify(requestWith(), {})).toBe(false);
  });

  it('gets the key as SIGNER_KEY, and with two keys verifies with either', async () => {
    const command = dir.command('with-key', '{ cat; echo "$SIGNER_KEY"; } | cksum | tr " " -');
    const [before, during, after] = [['old'], ['new', 'old'], ['new']].map((keys) =>
      signerOf(
        command,
        '',
        keys.map((text) => ({ text })),
      ),
    );
    const old = await before!.sign(requestWith());
    expect(await during!.verify(requestWith(), asReceived(old.headers))).toBe(true);
    expect(await after!.verify(requestWith(), asReceived(old.headers))).toBe(false);
    expect((await during!.sign(requestWith())).keyId).toBe((await after!.sign(requestWith())).keyId);
    expect(old.keyId).not.toBe((await after!.sign(requestWith())).keyId);
  });

  describe('has of our environment', () => {
    afterEach(() => {
      delete process.env['DATABASE_URL'];
      delete process.env['SIGNER_CONTAINER'];
    });

    it('the variables named for it and those that programs need, and none of our secrets', async () => {
      process.env['DATABASE_URL'] = 'postgres://u:secret@host/db';
      process.env['SIGNER_CONTAINER'] = 'agent-2025';
      const command = dir.command(
        'environment',
        'cat >/dev/null; echo "[$DATABASE_URL][$SIGNER_CONTAINER][${PATH:+path}]"',
      );
      const { headers } = await signerOf(command).sign(requestWith());
      expect(headers).toEqual({ 'X-Signature': '[][agent-2025][path]' });
    });
  });
});

describe('an external command that does not do its work', () => {
  it.each([
    ['fails', 'cat >/dev/null; exit 3', '', 'external-failed', /failed with exit code 3; run it by hand/],
    [
      'says the key when it fails',
      'cat >/dev/null; echo "bad $SIGNER_KEY" | tee /dev/stderr; exit 1',
      '',
      'external-failed',
      /code 1/,
    ],
    ['is killed', 'kill -9 $$', '', 'external-failed', /was ended by SIGKILL/],
    ['gives nothing', 'cat >/dev/null', '', 'external-unusable', /gave an empty signature/],
    ['gives nothing but line breaks', 'cat >/dev/null; echo', '', 'external-unusable', /fits no header/],
    [
      'gives binary as text',
      String.raw`cat >/dev/null; printf '0\202\001'`,
      '',
      'external-unusable',
      /encoding=base64/,
    ],
    ['gives a PEM', 'cat >/dev/null; echo -----BEGIN CMS-----', '', 'external-unusable', /encoding=base64/],
    [
      'floods its output',
      'cat /dev/zero',
      ';max-bytes=5000',
      'external-flood',
      /gave more than 5000 bytes and was killed/,
    ],
    ['floods its error output and hangs', 'cat /dev/zero >&2', ';timeout-ms=300', 'external-timeout', /within 300 ms/],
    ['hangs', 'sleep 1000', ';timeout-ms=300', 'external-timeout', /gave no signature within 300 ms and was killed/],
    ['leaves its output open and hangs', 'sleep 1000 & exit 0', ';timeout-ms=300', 'external-timeout', /within 300 ms/],
  ])('%s: a typed error that shows nothing of its output', async (name, script, options, code, message) => {
    const failed = signerOf(dir.command(name, script), options).sign(requestWith());
    await expect(failed).rejects.toMatchObject({ name: 'SignatureError', code });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toThrow(KEY);
  });

  it('does not read all it is given: what it signed was something else', async () => {
    const signer = signerOf(dir.command('hasty', 'head -c 1; exec 0<&-'));
    await expect(signer.sign(requestWith({ body: Buffer.alloc(3_000_000, 'a') }))).rejects.toMatchObject({
      code: 'external-failed',
      message: expect.stringContaining('before it had read all'),
    });
  });

  it('throws when verifying, because it cannot decide whether the signature is good', async () => {
    const signer = signerOf(dir.command('broken', 'exit 1'));
    await expect(signer.verify(requestWith(), { 'x-signature': 'abc' })).rejects.toMatchObject({
      code: 'external-failed',
    });
  });

  it('is killed with everything it started', async () => {
    const fifo = `${dir.path}/alive`;
    expect(spawnSync('mkfifo', [fifo]).status).toBe(0);
    const command = dir.command('with children', `exec 3>'${fifo}'; sleep 1000 & sleep 1000`);
    const alive = createReadStream(fifo);
    // The pipe ends when the last process that holds it is gone.
    const gone = once(alive.resume(), 'end');
    await expect(signerOf(command, ';timeout-ms=1000').sign(requestWith())).rejects.toMatchObject({
      code: 'external-timeout',
    });
    await gone;
  });

  it.each([
    ['is missing', `${dir.path}/nowhere`, /cannot be run \(ENOENT\)/],
    ['may not be run', dir.file('plain', ''), /cannot be run \(EACCES\)/],
    ['is a directory', dir.path, /is not a file/],
  ])('is refused at the start when it %s', (_, command, message) => {
    expect(() => signerOf(command)).toThrow(message);
    expect(() => signerOf(command)).toThrow(expect.objectContaining({ code: 'external-missing' }));
  });

  it('is a typed error when it disappears later, or is not a program', async () => {
    const noProgram = signerOf(dir.command('no-interpreter', ''), '', []);
    dir.file('no-interpreter', '#!/no/such/interpreter\n');
    await expect(noProgram.sign(requestWith())).rejects.toMatchObject({ code: 'external-missing' });
  });

  it.each([
    ['with a NUL in it', { text: 'hex:610062' }],
    ['that is no text', { text: 'hex:ff' }],
    ['too long', { text: 'k'.repeat(4097) }],
  ])('is refused with a key %s', (_, key) => {
    expect(() => signerOf(dir.command('any', 'cat'), '', [key])).toThrow(
      expect.objectContaining({ code: 'key-unsuitable' }),
    );
  });
});
