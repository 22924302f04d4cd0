import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { KeySource } from '../key-source.js';
import { createSigner } from '../signer.js';
import { keyFor, privatePem, publicPem } from '../testing/keys.js';
import { EVERY_SCHEME, profileOf } from '../testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from '../testing/requests.js';
import { findProfiles } from './find-profiles.js';
import type { KnownPair } from './known-pair.js';

/** A pair that a signer of ours has made; the search gets what was sent. */
async function pairOf(text: string, template: string, key: KeySource, body = TROIKA_BODY): Promise<KnownPair> {
  const profile = profileOf(text, { template });
  const request = requestWith({ body });
  const { headers } = await createSigner(profile, [key]).sign(request);
  return { request, signature: headers[profile.header] ?? '', headers, isDated: true };
}

const handMade = (signature: string): KnownPair => ({
  request: requestWith(),
  signature,
  headers: {},
  isDated: false,
});

const CASES: readonly { scheme: string; template: string }[] = [
  ...EVERY_SCHEME.filter(({ scheme }) => !(scheme.kind === 'hash' && scheme.secret === 'template')).map(({ name }) => ({
    scheme: `${name}:base64`,
    template: '{body}',
  })),
  { scheme: 'hmac-sha256:HEX', template: '{body}' },
  { scheme: 'sha256-prefix:base64url', template: '{body}' },
  { scheme: 'md5-suffix:hex;pre-encoding=base64', template: '{body}' },
  { scheme: 'sha256-suffix:hex', template: '{sortedBody}' },
  { scheme: 'hmac-sha256:hex', template: '{body}{path}{query}' },
  { scheme: 'md5-suffix:hex', template: '{body}:' },
  { scheme: 'hmac-sha1:hex;content-md5=hex', template: '{method}\\n{md5(body)}\\n{contentType}\\n{date}\\n{path}' },
  { scheme: 'hmac-sha256:hex;header=X-Sign;timestamp-header=X-Time', template: '{timestamp}.{body}' },
  { scheme: 'ed25519:base64', template: '{timestamp}\\n{sha256(body)}' },
  { scheme: 'md5-suffix:hex', template: '{json(message.head.terminalId)}{json(message.body.phone)}' },
];

describe('the search for the profile of a known pair', () => {
  it.each(CASES)('finds $scheme over $template', async ({ scheme, template }) => {
    const key = keyFor(profileOf(scheme, { template }).scheme as Parameters<typeof keyFor>[0]);
    const { found } = await findProfiles(await pairOf(scheme, template, key), key);
    expect(found).toContainEqual({ signature: scheme, template, keyForm: 'as-given' });
  });

  it('finds a secret among the sorted values of the root', async () => {
    const body = Buffer.from('{"TerminalKey":"t","Amount":100}');
    const pair = await pairOf('sha256-template:hex', '{sortedRootValues(Password)}', { text: 'secret' }, body);
    const { found } = await findProfiles(pair, { text: 'secret' });
    expect(found[0]).toMatchObject({ signature: 'sha256-template:hex', template: '{sortedRootValues(Password)}' });
  });

  it('finds with a public key what the private one has signed', async () => {
    const pair = await pairOf('rsa-pss-sha256:base64', '{body}', { text: privatePem('rsa') });
    const { found } = await findProfiles(pair, { text: publicPem('rsa') });
    expect(found[0]).toMatchObject({ signature: 'rsa-pss-sha256:base64' });
  });

  it('says that the key is the bytes which its hex or base64 stands for', async () => {
    const secret = createHash('sha256').update('secret').digest();
    const pair = handMade(createHmac('sha1', secret).update(TROIKA_BODY).digest('hex'));
    for (const form of ['hex', 'base64'] as const) {
      const { found } = await findProfiles(pair, { text: secret.toString(form) });
      expect(found[0]).toEqual({ signature: 'hmac-sha1:hex', template: '{body}', keyForm: form });
    }
  });

  it('gives only profiles whose verifier accepts the pair', async () => {
    const pair = await pairOf('hmac-sha256:hex', '{timestamp}.{body}', { text: 'test' });
    const { found } = await findProfiles(pair, { text: 'test' });
    expect(found.length).toBeGreaterThan(0);
    for (const { signature, template } of found) {
      const signer = createSigner(profileOf(signature, { template }), [{ text: 'test' }]);
      const sent = { 'X-Timestamp': '1650576062', ...pair.headers };
      expect(await signer.verify(pair.request, asReceived(sent))).toBe(true);
    }
  });

  it('finds nothing for another key, and says how much it has tried', async () => {
    const body = Buffer.from('{"id":1,"phone":"+71044826548"}');
    const signature = createHmac('sha1', 'theirs').update(body).digest('hex');
    const request = requestWith({ body });
    const { found, tried } = await findProfiles({ request, signature, headers: {}, isDated: false }, { text: 'ours' });
    expect(found).toEqual([]);
    expect(tried).toBeGreaterThan(1_000);
  });
});
