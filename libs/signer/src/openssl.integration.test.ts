import { beforeAll, describe, expect, it } from '@jest/globals';
import type { KeySource } from './key-source.js';
import { createSigner, createVerifier } from './signer.js';
import { openssl, requireOpenssl } from './testing/openssl.js';
import { profileOf } from './testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from './testing/requests.js';
import { tempDir } from './testing/temp-dir.js';

const dir = tempDir();
const path = (name: string): string => `${dir.path}/${name}`;
const BODY_FILE = dir.file('body', TROIKA_BODY);
const KEY_PEM = { rsa: path('rsa.pem'), ecdsa: path('ecdsa.pem'), ed25519: path('ed25519.pem') };

beforeAll(() => {
  requireOpenssl();
  openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', KEY_PEM.rsa]);
  // As people make them: with the EC PARAMETERS block in front of the key.
  openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-out', KEY_PEM.ecdsa]);
  openssl(['genpkey', '-algorithm', 'ED25519', '-out', KEY_PEM.ed25519]);
  for (const pem of Object.values(KEY_PEM)) openssl(['pkey', '-in', pem, '-pubout', '-out', `${pem}.pub`]);
});

async function ourSignature(scheme: string, key: KeySource): Promise<Buffer> {
  const { headers } = await createSigner(profileOf(`${scheme}:base64`), [key]).sign(requestWith());
  return Buffer.from(headers['X-Signature'] ?? '', 'base64');
}

function weVerify(scheme: string, key: KeySource, signature: Buffer, body = TROIKA_BODY): Promise<boolean> {
  const headers = asReceived({ 'X-Signature': signature.toString('base64') });
  return createVerifier(profileOf(`${scheme}:base64`), [key]).verify(requestWith({ body }), headers);
}

const TAMPERED = Buffer.from(TROIKA_BODY.toString('latin1').replace('2671', '2672'), 'latin1');

describe('HMAC and openssl', () => {
  it.each(['md5', 'sha1', 'sha256', 'sha512'])('make the same signature: %s', async (hash) => {
    const theirs = openssl(['dgst', `-${hash}`, '-mac', 'HMAC', '-macopt', 'hexkey:74657374ff', '-binary', BODY_FILE]);
    const key = { text: 'hex:74657374ff' };
    expect(await ourSignature(`hmac-${hash}`, key)).toEqual(theirs);
    expect(await weVerify(`hmac-${hash}`, key, theirs)).toBe(true);
    expect(await weVerify(`hmac-${hash}`, key, theirs, TAMPERED)).toBe(false);
  });
});

describe('a plain hash and openssl', () => {
  it.each(['md5', 'sha1', 'sha256', 'sha512'])('make the same signature: %s', async (hash) => {
    const digest = (...pieces: (Buffer | string)[]): Buffer =>
      openssl(['dgst', `-${hash}`, '-binary'], Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
    const key = { text: 'test' };
    expect(await ourSignature(`${hash}-prefix`, key)).toEqual(digest('test', TROIKA_BODY));
    expect(await ourSignature(`${hash}-suffix`, key)).toEqual(digest(TROIKA_BODY, 'test'));
    expect(await ourSignature(`${hash}-wrap`, key)).toEqual(digest('test', TROIKA_BODY, 'test'));
  });
});

interface Agreement {
  readonly scheme: string;
  readonly kind: keyof typeof KEY_PEM;
  readonly sign: readonly string[];
  readonly verify: (signature: string) => readonly string[];
}

function dgst(scheme: string, kind: keyof typeof KEY_PEM, hash: string, options: readonly string[] = []): Agreement {
  const common = ['dgst', `-${hash}`, ...options];
  return {
    scheme,
    kind,
    sign: [...common, '-sign', KEY_PEM[kind], BODY_FILE],
    verify: (signature) => [...common, '-verify', `${KEY_PEM[kind]}.pub`, '-signature', signature, BODY_FILE],
  };
}

const PSS = ['-sigopt', 'rsa_padding_mode:pss'];
const AGREEMENTS: readonly Agreement[] = [
  dgst('rsa-sha256', 'rsa', 'sha256'),
  dgst('rsa-sha512', 'rsa', 'sha512'),
  dgst('rsa-pss-sha256', 'rsa', 'sha256', PSS),
  dgst('rsa-pss-sha512', 'rsa', 'sha512', PSS),
  dgst('rsa-pss-sha256', 'rsa', 'sha256', [...PSS, '-sigopt', 'rsa_pss_saltlen:digest']),
  dgst('ecdsa-p256-sha256', 'ecdsa', 'sha256'),
  {
    scheme: 'ed25519',
    kind: 'ed25519',
    sign: ['pkeyutl', '-sign', '-inkey', KEY_PEM.ed25519, '-rawin', '-in', BODY_FILE],
    verify: (signature) =>
      ['pkeyutl', '-verify', '-pubin', '-inkey', `${KEY_PEM.ed25519}.pub`, '-rawin', '-in', BODY_FILE].concat(
        '-sigfile',
        signature,
      ),
  },
];

describe.each(AGREEMENTS)('$scheme and openssl ($sign)', ({ scheme, kind, sign, verify }) => {
  it('openssl verifies what we sign', async () => {
    const signature = dir.file('ours.sig', await ourSignature(scheme, { file: KEY_PEM[kind] }));
    expect(openssl(verify(signature)).toString()).toMatch(/Verified OK|Verified Successfully/);
  });

  it('we verify what openssl signs', async () => {
    const signature = openssl(sign);
    for (const file of [KEY_PEM[kind], `${KEY_PEM[kind]}.pub`]) {
      expect(await weVerify(scheme, { file }, signature)).toBe(true);
      expect(await weVerify(scheme, { file }, signature, TAMPERED)).toBe(false);
    }
  });
});

describe('ecdsa-p256-sha256-p1363 and openssl, which knows only the DER form', () => {
  const { sign, verify } = dgst('ecdsa-p256-sha256', 'ecdsa', 'sha256');

  it('openssl verifies what we sign', async () => {
    const raw = await ourSignature('ecdsa-p256-sha256-p1363', { file: KEY_PEM.ecdsa });
    expect(raw).toHaveLength(64);
    const config = ['asn1=SEQUENCE:s', '[s]'].concat(
      ...[raw.subarray(0, 32), raw.subarray(32)].map((half, index) => `n${index}=INTEGER:0x${half.toString('hex')}`),
    );
    const signature = path('p1363.der');
    openssl(['asn1parse', '-genconf', dir.file('p1363.cnf', config.join('\n')), '-noout', '-out', signature]);
    expect(openssl(verify(signature)).toString()).toContain('Verified OK');
  });

  it('we verify what openssl signs', async () => {
    const parsed = openssl(['asn1parse', '-inform', 'DER'], openssl(sign)).toString();
    const halves = [...parsed.matchAll(/INTEGER\s*:(?<hex>[0-9A-F]+)/g)].map(({ groups }) =>
      groups!['hex']!.padStart(64, '0'),
    );
    const signature = Buffer.from(halves.join(''), 'hex');
    expect(signature).toHaveLength(64);
    expect(await weVerify('ecdsa-p256-sha256-p1363', { file: KEY_PEM.ecdsa }, signature)).toBe(true);
    expect(await weVerify('ecdsa-p256-sha256-p1363', { file: KEY_PEM.ecdsa }, signature, TAMPERED)).toBe(false);
    expect(await weVerify('ecdsa-p256-sha256', { file: KEY_PEM.ecdsa }, signature)).toBe(false);
  });
});

describe('an X.509 certificate', () => {
  it('verifies like the public key in it', async () => {
    const certificate = path('cert.pem');
    openssl(['req', '-new', '-x509', '-key', KEY_PEM.rsa, '-subj', '/CN=agent', '-out', certificate]);
    const signature = await ourSignature('rsa-sha256', { file: KEY_PEM.rsa });
    expect(await weVerify('rsa-sha256', { file: certificate }, signature)).toBe(true);
  });
});

describe('an RSA key that is bound to PSS with one digest', () => {
  it('signs with that digest and with no other, and openssl agrees', async () => {
    const key = path('bound.pem');
    const bound = ['rsa_keygen_bits:2048', 'rsa_pss_keygen_md:sha256', 'rsa_pss_keygen_mgf1_md:sha256'];
    const options = [...bound, 'rsa_pss_keygen_saltlen:32'].flatMap((option) => ['-pkeyopt', option]);
    openssl(['genpkey', '-algorithm', 'RSA-PSS', ...options, '-out', key]);

    const theirs = openssl(['dgst', '-sha256', '-sign', key, BODY_FILE]);
    expect(await weVerify('rsa-pss-sha256', { file: key }, theirs)).toBe(true);
    expect(await weVerify('rsa-pss-sha256', { file: key }, theirs, TAMPERED)).toBe(false);
    const ours = await ourSignature('rsa-pss-sha256', { file: key });
    expect(await weVerify('rsa-pss-sha256', { file: key }, ours)).toBe(true);

    await expect(ourSignature('rsa-pss-sha512', { file: key })).rejects.toMatchObject({ code: 'key-unsuitable' });
    await expect(ourSignature('rsa-sha256', { file: key })).rejects.toMatchObject({ code: 'key-unsuitable' });
  });
});
