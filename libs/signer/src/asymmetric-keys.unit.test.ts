import { constants, createHash, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSigner, createVerifier } from './signer.js';
import { pairFor, publicPem } from './testing/keys.js';
import { profileOf } from './testing/profiles.js';
import { requestWith, TROIKA_BODY } from './testing/requests.js';

/** RFC 8410: the bytes before the 32 bytes of a public key. */
const SPKI_HEAD = '302a300506032b6570032100';

describe('Ed25519', () => {
  it.each([
    {
      test: 'TEST 1',
      seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      message: Buffer.alloc(0),
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      test: 'TEST 2',
      seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      message: Buffer.from('72', 'hex'),
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
    {
      test: 'TEST 3',
      seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      message: Buffer.from('af82', 'hex'),
      signature:
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    },
    {
      test: 'TEST SHA(abc)',
      seed: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
      publicKey: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
      message: createHash('sha512').update('abc').digest(),
      signature:
        'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
    },
  ])('agrees with RFC 8032, $test', async ({ seed, publicKey, message, signature }) => {
    const request = requestWith({ body: message });
    const signed = await createSigner(profileOf('ed25519:hex'), [{ text: `hex:${seed}` }]).sign(request);
    expect(signed.headers).toEqual({ 'X-Signature': signature });

    const verifier = createVerifier(profileOf('ed25519:hex'), [{ text: `hex:${SPKI_HEAD}${publicKey}` }]);
    expect(await verifier.verify(request, { 'x-signature': signature })).toBe(true);
  });
});

describe('RSA', () => {
  it('refuses a signature without its leading zero byte, which OpenSSL itself would accept', async () => {
    const { privateKey: key } = pairFor('rsa');
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    // The salt is random, so one signature in 256 begins with a zero byte.
    let signature: Buffer;
    do signature = sign('sha256', TROIKA_BODY, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
    while (signature[0] !== 0);

    const verifier = createVerifier(profileOf('rsa-pss-sha256:base64'), [{ text: publicPem('rsa') }]);
    const verify = (bytes: Buffer): Promise<boolean> =>
      verifier.verify(requestWith(), { 'x-signature': bytes.toString('base64') });
    expect(await verify(signature)).toBe(true);
    expect(await verify(signature.subarray(1))).toBe(false);
    expect(await verify(Buffer.concat([Buffer.alloc(1), signature]))).toBe(false);
  });
});
