import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createSigner } from './signer.js';
import { profileOf } from './testing/profiles.js';
import { requestWith, TROIKA_BODY } from './testing/requests.js';

async function signatureOf(profile: string, key: string, body: Uint8Array, preEncoding: 'none' | 'base64' = 'none') {
  const signer = createSigner(profileOf(profile, { preEncoding }), [{ text: key }]);
  const { headers } = await signer.sign(requestWith({ body }));
  return headers['X-Signature'];
}

describe("the contract's vectors", () => {
  it('starts from the 299 bytes of the contract', () => {
    expect(TROIKA_BODY).toHaveLength(299);
    expect(createHash('sha256').update(TROIKA_BODY).digest('hex')).toBe(
      '796a9541aa736fdfc58b9f349ab09159493c08fba199885c6d81a44c38ab3f51',
    );
  });

  it.each([
    ['hmac-sha1:hex', 'none', 'e5347a2bd88fecf3555da82c08bec850c067cc9b'],
    ['hmac-sha1:HEX', 'none', 'E5347A2BD88FECF3555DA82C08BEC850C067CC9B'],
    ['hmac-sha1:base64', 'none', '5TR6K9iP7PNVXagsCL7IUMBnzJs='],
    ['hmac-sha1:base64url', 'none', '5TR6K9iP7PNVXagsCL7IUMBnzJs'],
    ['hmac-sha256:hex', 'none', 'ba36cfd30335d09e8a843d522c211a855a88fce5ebb85eb6de8e28445f8d464e'],
    ['hmac-sha256:base64', 'none', 'ujbP0wM10J6KhD1SLCEahVqI/OXruF623o4oRF+NRk4='],
    ['md5-suffix:hex', 'none', 'db3decdf0927e6985c4d0cb0d6d7e947'],
    ['sha256-suffix:hex', 'none', 'cdc4eeb6b93b0ad2f14e7527c32b5643216a8d54a39d969574dde985d05842f6'],
    ['md5-suffix:hex', 'base64', '9643ae83181d15025c0b107804a91813'],
  ] as const)('signs with %s, pre-encoding %s', async (profile, preEncoding, expected) => {
    expect(await signatureOf(profile, 'test', TROIKA_BODY, preEncoding)).toBe(expected);
  });
});

const HI_THERE = Buffer.from('Hi There');
const JEFE = Buffer.from('what do ya want for nothing?');
const LONG_KEY = Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First');
const COUNTING_KEY = 'hex:0102030405060708090a0b0c0d0e0f10111213141516171819';
const repeated = (byte: string, times: number): string => `hex:${byte.repeat(times)}`;

describe('HMAC', () => {
  it.each([
    [1, repeated('0b', 16), HI_THERE, '9294727a3638bb1c13f48ef8158bfc9d'],
    [2, 'Jefe', JEFE, '750c783e6ab0b503eaa86e310a5db738'],
    [3, repeated('aa', 16), Buffer.alloc(50, 0xdd), '56be34521d144c88dbb8c733f0e8b3f6'],
    [4, COUNTING_KEY, Buffer.alloc(50, 0xcd), '697eaf0aca3a3aea3a75164746ffaa79'],
    [5, repeated('0c', 16), Buffer.from('Test With Truncation'), '56461ef2342edc00f9bab995690efd4c'],
    [6, repeated('aa', 80), LONG_KEY, '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd'],
    [
      7,
      repeated('aa', 80),
      Buffer.from('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data'),
      '6f630fad67cda0ee1fb1f562db3aa53e',
    ],
  ])('agrees with RFC 2202, MD5 case %i', async (_, key, body, expected) => {
    expect(await signatureOf('hmac-md5:hex', key, body)).toBe(expected);
  });

  it.each([
    [1, repeated('0b', 20), HI_THERE, 'b617318655057264e28bc0b6fb378c8ef146be00'],
    [2, 'Jefe', JEFE, 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
    [3, repeated('aa', 20), Buffer.alloc(50, 0xdd), '125d7342b9ac11cd91a39af48aa17b4f63f175d3'],
    [4, COUNTING_KEY, Buffer.alloc(50, 0xcd), '4c9007f4026250c6bc8414f9bf50c86c2d7235da'],
    [5, repeated('0c', 20), Buffer.from('Test With Truncation'), '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04'],
    [6, repeated('aa', 80), LONG_KEY, 'aa4ae5e15272d00e95705637ce8a3b55ed402112'],
    [
      7,
      repeated('aa', 80),
      Buffer.from('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data'),
      'e8e99d0f45237d786d6bbaa7965c7808bbff1a91',
    ],
  ])('agrees with RFC 2202, SHA-1 case %i', async (_, key, body, expected) => {
    expect(await signatureOf('hmac-sha1:hex', key, body)).toBe(expected);
  });

  it.each([
    {
      rfcCase: 1,
      key: repeated('0b', 20),
      body: HI_THERE,
      sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      sha512:
        '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
    },
    {
      rfcCase: 2,
      key: 'Jefe',
      body: JEFE,
      sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      sha512:
        '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    },
    {
      rfcCase: 3,
      key: repeated('aa', 20),
      body: Buffer.alloc(50, 0xdd),
      sha256: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      sha512:
        'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
    },
    {
      rfcCase: 4,
      key: COUNTING_KEY,
      body: Buffer.alloc(50, 0xcd),
      sha256: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
      sha512:
        'b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd',
    },
    {
      rfcCase: 6,
      key: repeated('aa', 131),
      body: LONG_KEY,
      sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      sha512:
        '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
    },
    {
      rfcCase: 7,
      key: repeated('aa', 131),
      body: Buffer.from(
        'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      ),
      sha256: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
      sha512:
        'e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58',
    },
  ])('agrees with RFC 4231, case $rfcCase', async ({ key, body, sha256, sha512 }) => {
    expect(await signatureOf('hmac-sha256:hex', key, body)).toBe(sha256);
    expect(await signatureOf('hmac-sha512:hex', key, body)).toBe(sha512);
  });

  it('agrees with RFC 4231, case 5, as far as it is printed there', async () => {
    const body = Buffer.from('Test With Truncation');
    const key = repeated('0c', 20);
    expect(await signatureOf('hmac-sha256:hex', key, body)).toMatch(/^a3b6167473100ee06e0c796c2955552b/);
    expect(await signatureOf('hmac-sha512:hex', key, body)).toMatch(/^415fad6271580a531d4179bc891d87a6/);
  });

  it('makes the same signature for the body directly and inside a template', async () => {
    const direct = createSigner(profileOf('hmac-sha256:hex'), [{ text: 'test' }]);
    const assembled = createSigner(profileOf('hmac-sha256:hex', { template: '{method}{body}' }), [{ text: 'test' }]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (body) => {
        const alone = await direct.sign(requestWith({ body }));
        expect(alone).toEqual(await assembled.sign(requestWith({ body, method: '' })));
      }),
    );
  });
});

describe('a plain hash with a secret', () => {
  it.each(['md5', 'sha1', 'sha256', 'sha512'])('puts the secret where the name of the %s scheme says', async (hash) => {
    const digest = (text: string): string => createHash(hash).update(text).digest('hex');
    const body = Buffer.from('body');
    expect(await signatureOf(`${hash}-prefix:hex`, 'key', body)).toBe(digest('keybody'));
    expect(await signatureOf(`${hash}-suffix:hex`, 'key', body)).toBe(digest('bodykey'));
    expect(await signatureOf(`${hash}-wrap:hex`, 'key', body)).toBe(digest('keybodykey'));
    const inside = createSigner(profileOf(`${hash}-template:hex`, { template: '{path}{secret}{body}' }), [
      { text: 'key' },
    ]);
    const { headers } = await inside.sign(requestWith({ body, path: '/p' }));
    expect(headers['X-Signature']).toBe(digest('/pkeybody'));
  });
});
