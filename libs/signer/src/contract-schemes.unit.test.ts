import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PLACEHOLDERS } from './placeholders.js';
import { SCHEME_NAMES } from './schemes.js';
import { createSigner } from './signer.js';
import { privatePem, publicPem } from './testing/keys.js';
import { profileOf } from './testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from './testing/requests.js';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The settings the README gives under a heading such as `**HMAC of the body**`. */
function settingsOf(heading: string): { signature: string; template: string } {
  const section = README.split(/^\*\*/m).find((part) => part.startsWith(`${heading}**`)) ?? '';
  const signature = /^TROIKA_SIGNATURE=(?<value>\S+)/m.exec(section)?.groups?.['value'];
  const template = /^TROIKA_SIGNATURE_TEMPLATE=(?<value>.+)$/m.exec(section)?.groups?.['value'];
  if (signature === undefined) throw new Error(`the README has no setting under ${heading}`);
  return { signature, template: template ?? '{body}' };
}

async function signed(heading: string, body: Buffer = TROIKA_BODY, key = 'test'): Promise<Record<string, string>> {
  const { signature, template } = settingsOf(heading);
  const signer = createSigner(profileOf(signature, { template }), [{ text: key }]);
  const { headers } = await signer.sign(requestWith({ body }));
  expect(await signer.verify(requestWith({ body }), asReceived(headers))).toBe(true);
  return headers;
}

const hash = (name: string, ...pieces: (string | Buffer)[]): string =>
  pieces.reduce((digest, piece) => digest.update(piece), createHash(name)).digest('hex');

describe('the settings the README gives', () => {
  it("for the HMAC of the body make the contract's signature", async () => {
    const headers = await signed('HMAC of the body');
    expect(headers).toEqual({ 'X-Signature': 'e5347a2bd88fecf3555da82c08bec850c067cc9b' });
  });

  it('for a canonical string sign what amoCRM signs and send Date and Content-MD5', async () => {
    const headers = await signed('HMAC of a canonical string, with `Date` and `Content-MD5`');
    const md5 = hash('md5', TROIKA_BODY);
    const date = 'Thu, 21 Apr 2022 21:21:02 GMT';
    const text = ['POST', md5, 'application/json', date, '/api/v3'].join('\n');
    expect(headers).toEqual({
      'X-Signature': createHmac('sha1', 'test').update(text).digest('hex'),
      Date: date,
      'Content-MD5': md5,
    });
  });

  it('for body, path and query sign these three', async () => {
    const headers = await signed('HMAC of body, path and query');
    const text = `${TROIKA_BODY.toString()}/api/v3b=2&a=1`;
    expect(headers).toEqual({ 'X-Signature': createHmac('sha256', 'test').update(text).digest('hex') });
  });

  it("for a plain hash make the contract's signatures", async () => {
    const suffix = await signed('Plain hash, body‖secret');
    expect(suffix).toEqual({ 'X-Signature': 'db3decdf0927e6985c4d0cb0d6d7e947' });
    const base64 = await signed('Plain hash, base64(body)‖secret');
    expect(base64).toEqual({ 'X-Signature': '9643ae83181d15025c0b107804a91813' });
  });

  it('for sorted fields sign the sorted body, or the sorted root values', async () => {
    const body = Buffer.from('{"TerminalKey":"T1","Amount":19200,"Data":{"b":1,"a":2}}');
    const sorted = await signed('Body sorted by key, followed by the secret', body);
    expect(sorted).toEqual({
      'X-Signature': hash('sha256', '{"Amount":19200,"Data":{"a":2,"b":1},"TerminalKey":"T1"}', 'test'),
    });
    const values = await signed('Sorted root values, the secret among them', body);
    expect(values).toEqual({ 'X-Signature': hash('sha256', '19200', 'test', 'T1') });
  });

  it('for named values and the key make the MD5 over them, in the order of the template', async () => {
    const headers = await signed('MD5 of named values, then the key');
    expect(headers).toEqual({ 'X-Signature': hash('md5', 'bus_f78a8a6aa7fb3d5', '+71044826548', '2671', 'test') });
  });

  it('for RSA sign the body', async () => {
    const headers = await signed('RSA and ECDSA of the body', TROIKA_BODY, privatePem('rsa'));
    const signature = Buffer.from(headers['X-Signature'] ?? '', 'base64');
    expect(verify('sha256', TROIKA_BODY, publicPem('rsa'), signature)).toBe(true);
  });

  it('for Ed25519 sign method, path, sorted query, digest and time, and send the time', async () => {
    const headers = await signed('Ed25519 of method, path, query, digest and time', TROIKA_BODY, privatePem('ed25519'));
    expect(headers['X-Timestamp']).toBe('1650576062');
    const text = ['POST', '/api/v3', 'a=1&b=2', hash('sha256', TROIKA_BODY), '1650576062'].join('\n');
    const signature = Buffer.from(headers['X-Signature'] ?? '', 'base64');
    expect(verify(null, Buffer.from(text), createPublicKey(publicPem('ed25519')), signature)).toBe(true);
  });

  it('can all be read', () => {
    const all = [...README.matchAll(/^TROIKA_SIGNATURE=(?<value>\S+)/gm)].map(({ groups }) => groups?.['value'] ?? '');
    expect(all).toHaveLength(13);
    for (const value of all) {
      const template = value.includes('-template') ? '{secret}{body}' : '{body}';
      expect(() => profileOf(value, { template })).not.toThrow();
    }
  });
});

describe('the README', () => {
  it('names every scheme and every placeholder', () => {
    for (const name of SCHEME_NAMES) expect(README).toContain(`\`${name}\``);
    for (const name of Object.keys(PLACEHOLDERS)) expect(README).toContain(`\`{${name}}\``);
  });
});
