import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { SignatureError, SignatureErrorCode } from './errors.js';
import type { KeySource } from './key-source.js';
import { createSigner, createVerifier } from './signer.js';
import { pairFor, privatePem, publicPem } from './testing/keys.js';
import { profileOf } from './testing/profiles.js';
import { asReceived, requestWith } from './testing/requests.js';
import { tempDir } from './testing/temp-dir.js';

const dir = tempDir();
const VECTOR = 'e5347a2bd88fecf3555da82c08bec850c067cc9b';

async function hmacWith(source: KeySource): Promise<string | undefined> {
  return (await createSigner(profileOf('hmac-sha1:hex'), [source]).sign(requestWith())).headers['X-Signature'];
}

function refusal(profile: string, source: KeySource): SignatureError {
  try {
    createSigner(profileOf(profile), [source]);
  } catch (error) {
    return error as SignatureError;
  }
  throw new Error('the key was accepted');
}

describe('a shared secret', () => {
  it.each<[string, KeySource]>([
    ['text', { text: 'test' }],
    ['hex', { text: 'hex:74657374' }],
    ['hex in capitals', { text: 'hex:7465 7374' }],
    ['base64', { text: 'base64:dGVzdA==' }],
    ['base64 without padding', { text: 'base64:dGVzdA' }],
    ['a file', { file: dir.file('secret', 'test') }],
    ['a file with a line break at its end', { file: dir.file('secret-lf', 'test\n') }],
    ['a file with a Windows line break at its end', { file: dir.file('secret-crlf', 'test\r\n') }],
    ['a file with two line breaks at its end', { file: dir.file('secret-lf-lf', 'test\n\n') }],
    ['a file with a byte order mark', { file: dir.file('secret-bom', '\ufefftest\r\n') }],
    ['a file of hex with a byte order mark', { file: dir.file('secret-hex-bom', '\ufeffhex:74657374') }],
    ['a file of hex', { file: dir.file('secret-hex', 'hex:74657374\n') }],
    ['a file of base64 on several lines', { file: dir.file('secret-base64', 'base64:dGV\nzdA==\n') }],
  ])('may be %s', async (_, source) => {
    expect(await hmacWith(source)).toBe(VECTOR);
  });

  it('keeps its spaces, and its line breaks except those at the end of a file', async () => {
    expect(await hmacWith({ text: ' test ' })).not.toBe(VECTOR);
    expect(await hmacWith({ text: 'test\n' })).toBe(await hmacWith({ text: 'hex:746573740a' }));
    expect(await hmacWith({ file: dir.file('inner', 'te\nst\n') })).toBe(await hmacWith({ text: 'te\nst' }));
  });

  it('may be bytes that are no text', async () => {
    const file = dir.file('binary', Buffer.from([0xff, 0x00, 0xfe]));
    expect(await hmacWith({ file })).toBe(await hmacWith({ text: 'hex:ff00fe' }));
  });
});

const der = (type: 'pkcs8' | 'pkcs1'): Buffer => pairFor('rsa').privateKey.export({ format: 'der', type });

describe('an asymmetric key', () => {
  it.each<[string, string, KeySource]>([
    ['a PEM', 'rsa-sha256:hex', { text: privatePem('rsa') }],
    [
      'a PEM in a file with a byte order mark',
      'rsa-sha256:hex',
      { file: dir.file('bom.pem', `\ufeff${privatePem('rsa')}\n`) },
    ],
    ['a PEM on one line with \\n', 'rsa-sha256:hex', { text: privatePem('rsa').replaceAll('\n', String.raw`\n`) }],
    ['a PEM file', 'rsa-sha256:hex', { file: dir.file('rsa.pem', privatePem('rsa')) }],
    [
      'a PEM file with remarks',
      'rsa-sha256:hex',
      { file: dir.file('bag.pem', `Bag Attributes\n${privatePem('rsa')}`) },
    ],
    ['PKCS #8 DER as base64', 'rsa-sha256:hex', { text: `base64:${der('pkcs8').toString('base64')}` }],
    ['PKCS #1 DER as hex', 'rsa-sha256:hex', { text: `hex:${der('pkcs1').toString('hex')}` }],
    ['a DER file', 'rsa-sha256:hex', { file: dir.file('rsa.der', der('pkcs8')) }],
  ])('may be %s', async (_, profile, source) => {
    const request = requestWith();
    const fromPem = await createSigner(profileOf(profile), [{ text: privatePem('rsa') }]).sign(request);
    expect(await createSigner(profileOf(profile), [source]).sign(request)).toEqual(fromPem);
  });

  it('may be the older SEC 1 form of an elliptic key', async () => {
    const { privateKey } = pairFor('ecdsa');
    const pem = String(privateKey.export({ format: 'pem', type: 'sec1' }));
    const base64 = privateKey.export({ format: 'der', type: 'sec1' }).toString('base64');
    const profile = profileOf('ecdsa-p256-sha256:base64');
    for (const text of [pem, `base64:${base64}`]) {
      const { headers } = await createSigner(profile, [{ text }]).sign(requestWith());
      const verifier = createVerifier(profile, [{ text: publicPem('ecdsa') }]);
      expect(await verifier.verify(requestWith(), asReceived(headers))).toBe(true);
    }
  });

  it.each([
    ['rsa', 'rsa-pss-sha512:base64', 'pkcs1'],
    ['rsa', 'rsa-sha256:base64', 'spki'],
    ['ecdsa', 'ecdsa-p256-sha256:base64', 'spki'],
    ['ed25519', 'ed25519:base64', 'spki'],
  ] as const)('verifies with only the public %s key (%s, %s) and has the same id', async (kind, profile, type) => {
    const { headers } = await createSigner(profileOf(`${profile};key-id-header=X-Key`), [
      { text: privatePem(kind) },
    ]).sign(requestWith());
    const base64 = pairFor(kind).publicKey.export({ format: 'der', type }).toString('base64');
    for (const text of [publicPem(kind), `base64:${base64}`]) {
      const verifier = createVerifier(profileOf(profile), [{ text }]);
      expect(await verifier.verify(requestWith(), asReceived(headers))).toBe(true);
    }
  });

  it('verifies with a public second key while it signs with the first', async () => {
    const profile = profileOf('ed25519:base64');
    const both = createSigner(profile, [{ text: privatePem('ed25519') }, { text: publicPem('ed25519', 'other') }]);
    const other = createSigner(profile, [{ text: privatePem('ed25519', 'other') }]);
    expect(await both.verify(requestWith(), asReceived((await other.sign(requestWith())).headers))).toBe(true);
  });
});

describe('a bad key', () => {
  const encrypted = String(
    createPrivateKey(privatePem('ed25519')).export({
      format: 'pem',
      type: 'pkcs8',
      cipher: 'aes-256-cbc',
      passphrase: 'p',
    }),
  );
  const shortRsa = String(
    generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );
  const otherCurve = String(
    generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );

  it.each<[string, string, KeySource, SignatureErrorCode, RegExp]>([
    ['empty', 'hmac-sha1:hex', { text: '' }, 'key-malformed', /signature key 1 is empty/],
    ['empty hex', 'hmac-sha1:hex', { text: 'hex:' }, 'key-malformed', /is empty/],
    ['half a byte', 'hmac-sha1:hex', { text: 'hex:c0ffe' }, 'key-malformed', /begins with hex: but is not hex/],
    [
      'no base64',
      'hmac-sha1:hex',
      { text: 'base64:se*cret' },
      'key-malformed',
      /begins with base64: but is not base64/,
    ],
    [
      'a missing file',
      'hmac-sha1:hex',
      { file: '/no/such/key' },
      'key-unreadable',
      /\/no\/such\/key cannot be read \(ENOENT\)/,
    ],
    ['a directory', 'hmac-sha1:hex', { file: dir.path }, 'key-unreadable', /cannot be read \(EISDIR\)/],
    [
      'a PEM as a secret',
      'hmac-sha1:hex',
      { text: privatePem('ed25519') },
      'key-unsuitable',
      /is a PEM, but .*base64:/,
    ],
    ['a public PEM as a secret', 'md5-suffix:hex', { text: publicPem('ed25519') }, 'key-unsuitable', /is a PEM/],
    [
      'a password',
      'rsa-sha256:hex',
      { text: 'pa55word' },
      'key-malformed',
      /cannot be read as a key; a PEM is expected/,
    ],
    [
      'a broken PEM',
      'rsa-sha256:hex',
      { text: privatePem('rsa').slice(0, 400) },
      'key-malformed',
      /cannot be read as a key/,
    ],
    ['an encrypted PEM', 'ed25519:hex', { text: encrypted }, 'key-malformed', /is encrypted; decrypt it first/],
    [
      'a key of another kind',
      'rsa-sha256:hex',
      { text: privatePem('ed25519') },
      'key-unsuitable',
      /type ed25519, .* wants an RSA key/,
    ],
    ['RSA for Ed25519', 'ed25519:hex', { text: privatePem('rsa') }, 'key-unsuitable', /wants an Ed25519 key/],
    [
      'another curve',
      'ecdsa-p256-sha256:hex',
      { text: otherCurve },
      'key-unsuitable',
      /curve secp384r1, .* wants a key on the curve P-256/,
    ],
    [
      'an RSA key too short for the digest',
      'rsa-sha512:hex',
      { text: shortRsa },
      'key-unsuitable',
      /too short for the digest/,
    ],
    ['a public key to sign with', 'ed25519:hex', { text: publicPem('ed25519') }, 'key-cannot-sign', /is a public key/],
  ])('is refused at the start: %s', (_, profile, source, code, message) => {
    const error = refusal(profile, source);
    expect(error).toMatchObject({ name: 'SignatureError', code });
    expect(error.message).toMatch(message);
    expect(error.cause).toBeUndefined();
    const text = 'text' in source ? source.text : '';
    for (const piece of text.split(/[\n:]/).filter((line) => line.length > 3 && !/^(?:-----|base64)/.test(line))) {
      expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(piece);
    }
  });

  it('is refused also as the second one, and is named by its position', () => {
    expect(() => createSigner(profileOf('hmac-sha1:hex'), [{ text: 'good' }, { text: 'hex:xyz' }])).toThrow(
      /signature key 2 begins with hex:/,
    );
  });

  it('differs from a missing one: a scheme that needs one reports it', () => {
    expect(() => createSigner(profileOf('hmac-sha1:hex'), [])).toThrow(/no signature key was given/);
    expect(() => createVerifier(profileOf('ed25519:hex'), [])).toThrow(/no signature key was given/);
  });
});

describe('the id of a key', () => {
  it('is eight hex digits that stay the same and show nothing of the key', async () => {
    const profile = profileOf('hmac-sha256:hex');
    const { keyId } = await createSigner(profile, [{ text: 'test' }]).sign(requestWith());
    expect(keyId).toMatch(/^[0-9a-f]{8}$/);
    expect((await createSigner(profile, [{ text: 'hex:74657374' }]).sign(requestWith())).keyId).toBe(keyId);
    expect((await createSigner(profile, [{ text: 'tesu' }]).sign(requestWith())).keyId).not.toBe(keyId);
  });
});
