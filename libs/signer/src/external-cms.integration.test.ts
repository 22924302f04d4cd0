import { beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from './signer.js';
import { openssl, requireOpenssl } from './testing/openssl.js';
import { profileOf } from './testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from './testing/requests.js';
import { tempDir } from './testing/temp-dir.js';

const dir = tempDir();
const KEY = `${dir.path}/agent key.pem`;
const CERTIFICATE = `${dir.path}/agent cert.pem`;

beforeAll(() => {
  requireOpenssl();
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=agent'];
  openssl([...request, '-keyout', KEY, '-out', CERTIFICATE]);
});

function commandWith(name: string, form: string): string {
  return dir.command(name, `openssl cms -sign -binary -signer '${CERTIFICATE}' -inkey '${KEY}' ${form}`);
}

describe('a detached CMS signature', () => {
  it.each([
    ['DER, encoded here', '-outform DER', ';encoding=base64'],
    ['DER, encoded by openssl in lines', '-outform DER | openssl base64', ''],
  ])('is made by openssl (%s), and openssl verifies it', async (name, form, options) => {
    const signer = createSigner(profileOf(`external:${commandWith(name, form)}${options}`), []);
    const { headers } = await signer.sign(requestWith());
    const signature = dir.file('cms.der', Buffer.from(headers['X-Signature'] ?? '', 'base64'));
    const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', signature, '-purpose', 'any'];
    const verified = openssl([...verify, '-content', dir.file('content', TROIKA_BODY), '-CAfile', CERTIFICATE]);
    expect(verified).toEqual(TROIKA_BODY);
    expect(() => openssl([...verify, '-content', dir.file('other', 'other'), '-CAfile', CERTIFICATE])).toThrow(
      /failed/,
    );
  });

  it('can be verified by signing again when it holds no signing time', async () => {
    const command = commandWith('without attributes', '-noattr -outform DER');
    const signer = createSigner(profileOf(`external:${command};encoding=base64`), []);
    const { headers } = await signer.sign(requestWith());
    expect(await signer.verify(requestWith(), asReceived(headers))).toBe(true);
    expect(await signer.verify(requestWith({ body: Buffer.from('other') }), asReceived(headers))).toBe(false);
  });
});
