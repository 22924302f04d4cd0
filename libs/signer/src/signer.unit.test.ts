import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeSignature, encodeSignature, ENCODINGS } from './encoding.js';
import type { SignableRequest } from './request.js';
import { createSigner, createVerifier } from './signer.js';
import { keyFor } from './testing/keys.js';
import { EVERY_SCHEME, profileOf } from './testing/profiles.js';
import { asReceived, requestWith, TROIKA_BODY } from './testing/requests.js';

describe.each(EVERY_SCHEME)('$name', ({ name, scheme, template }) => {
  const signer = createSigner(profileOf(`${name}:base64`, { template }), [keyFor(scheme)]);

  it.each(ENCODINGS)('verifies what it signed, as %s', async (encoding) => {
    const encoded = createSigner(profileOf(`${name}:${encoding}`, { template }), [keyFor(scheme)]);
    const { headers } = await encoded.sign(requestWith());
    expect(await encoded.verify(requestWith(), asReceived(headers))).toBe(true);
  });

  it('refuses a body changed in one byte', async () => {
    const { headers } = await signer.sign(requestWith());
    for (const at of [0, 150, TROIKA_BODY.length - 1]) {
      const body = Buffer.from(TROIKA_BODY);
      body[at]! ^= 1;
      expect(await signer.verify(requestWith({ body }), asReceived(headers))).toBe(false);
    }
    const longer = requestWith({ body: Buffer.concat([TROIKA_BODY, Buffer.from('\n')]) });
    expect(await signer.verify(longer, asReceived(headers))).toBe(false);
  });

  it('refuses a signature in which any one bit was changed', async () => {
    const { headers } = await signer.sign(requestWith());
    const signature = Buffer.from(headers['X-Signature']!, 'base64');
    for (const at of [0, 1, signature.length >> 1, signature.length - 1]) {
      const changed = Buffer.from(signature);
      changed[at]! ^= 1;
      expect(await signer.verify(requestWith(), { 'x-signature': changed.toString('base64') })).toBe(false);
    }
  });

  it('takes a cut, a lengthened or an empty signature for a plain no', async () => {
    const { headers } = await signer.sign(requestWith());
    const signature = Buffer.from(headers['X-Signature']!, 'base64');
    const wrong = [
      signature.subarray(0, -1),
      signature.subarray(1),
      Buffer.concat([signature, Buffer.from([0])]),
      Buffer.concat([Buffer.from([0]), signature]),
      Buffer.alloc(0),
      Buffer.alloc(signature.length),
    ];
    for (const bytes of wrong) {
      expect(await signer.verify(requestWith(), { 'x-signature': bytes.toString('base64') })).toBe(false);
    }
  });

  it('takes random bytes for a plain no', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const headers = { 'x-signature': Buffer.from(bytes).toString('base64') };
        expect(await signer.verify(requestWith(), headers)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('verifies with the old and the new key while a key is being changed, and signs with the first', async () => {
    const profile = profileOf(`${name}:base64`, { template });
    const [old, next, stranger] = ['old', 'next', 'stranger'].map((which) => keyFor(scheme, which));
    const before = createSigner(profile, [old!]);
    const during = createSigner(profile, [next!, old!]);
    const after = createSigner(profile, [next!]);

    const oldSigned = await before.sign(requestWith());
    const nextSigned = await during.sign(requestWith());
    expect(nextSigned.keyId).not.toBe(oldSigned.keyId);
    expect(nextSigned.keyId).toBe((await after.sign(requestWith())).keyId);

    expect(await during.verify(requestWith(), asReceived(oldSigned.headers))).toBe(true);
    expect(await during.verify(requestWith(), asReceived(nextSigned.headers))).toBe(true);
    expect(await before.verify(requestWith(), asReceived(nextSigned.headers))).toBe(false);
    expect(await after.verify(requestWith(), asReceived(oldSigned.headers))).toBe(false);
    const strange = await createSigner(profile, [stranger!]).sign(requestWith());
    expect(await during.verify(requestWith(), asReceived(strange.headers))).toBe(false);
  });

  it('verifies with only a verifier', async () => {
    const profile = profileOf(`${name}:base64`, { template });
    const { headers } = await signer.sign(requestWith());
    expect(await createVerifier(profile, [keyFor(scheme)]).verify(requestWith(), asReceived(headers))).toBe(true);
  });
});

describe('the signature`s header', () => {
  const signer = createSigner(profileOf('hmac-sha1:hex'), [{ text: 'test' }]);
  const good = 'e5347a2bd88fecf3555da82c08bec850c067cc9b';

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['repeated', [good, good]],
    ['joined with another', `${good}, ${good}`],
    ['in capitals', good.toUpperCase()],
    ['surrounded by spaces', ` ${good} `],
    ['followed by what hex has not', `${good}zz`],
    ['not of ASCII', `${good.slice(1)}е`],
  ])('is a plain no when %s', async (_, value) => {
    expect(await signer.verify(requestWith(), { 'x-signature': value })).toBe(false);
  });

  it('may come as a list of one', async () => {
    expect(await signer.verify(requestWith(), { 'x-signature': [good] })).toBe(true);
  });

  it('has the name the profile gives it', async () => {
    const named = createSigner(profileOf('hmac-sha1:hex; header=X-Sign'), [{ text: 'test' }]);
    expect((await named.sign(requestWith())).headers).toEqual({ 'X-Sign': good });
    expect(await named.verify(requestWith(), { 'x-sign': good })).toBe(true);
    expect(await named.verify(requestWith(), { 'x-signature': good })).toBe(false);
  });

  it('has one spelling for one signature', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.constantFrom(...ENCODINGS), (bytes, encoding) => {
        const text = encodeSignature(bytes, encoding);
        expect(decodeSignature(text, encoding)).toEqual(Buffer.from(bytes));
      }),
    );
    expect(decodeSignature('YQ==', 'base64')?.toString()).toBe('a');
    // Lenient decoders read all of these as "a".
    for (const text of ['YR==', 'YQ', 'YQ=', 'YQ== ', 'Y Q==', 'YQ==YQ==']) {
      expect(decodeSignature(text, 'base64')).toBeUndefined();
    }
    expect(decodeSignature('YQ==', 'base64url')).toBeUndefined();
  });
});

describe('signed bytes', () => {
  it('are the body`s own, even where they are no UTF-8, inside a template too', async () => {
    const signer = createSigner(profileOf('sha256-prefix:hex', { template: 'é{method}{body}ж' }), [{ text: 'key' }]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (body) => {
        const bare = createSigner(profileOf('sha256-prefix:hex'), [{ text: 'key' }]);
        const whole = Buffer.concat([Buffer.from('éPOST'), body, Buffer.from('ж')]);
        expect(await signer.sign(requestWith({ body }))).toEqual(await bare.sign(requestWith({ body: whole })));
      }),
    );
  });

  it('are those of the view, not of its whole buffer', async () => {
    const signer = createSigner(profileOf('rsa-sha256:base64'), [
      keyFor({ kind: 'rsa', hash: 'sha256', padding: 'pkcs1' }),
    ]);
    const memory = new Uint8Array(Buffer.concat([Buffer.from('before'), TROIKA_BODY, Buffer.from('after')]));
    const view = memory.subarray(6, 6 + TROIKA_BODY.length);
    const { headers } = await signer.sign(requestWith({ body: view }));
    expect(await signer.verify(requestWith(), asReceived(headers))).toBe(true);
  });
});

describe('extra headers', () => {
  const keys = [{ text: 'test' }];

  it('are the date, the timestamp, Content-MD5 and the key`s id', async () => {
    const signer = createSigner(
      profileOf('hmac-sha1:hex', {
        dateHeader: 'Date',
        timestampHeader: 'X-Time',
        contentMd5: 'base64',
        keyIdHeader: 'X-Key',
      }),
      keys,
    );
    const { headers, keyId } = await signer.sign(requestWith());
    expect(headers).toEqual({
      'X-Signature': 'e5347a2bd88fecf3555da82c08bec850c067cc9b',
      Date: 'Thu, 21 Apr 2022 21:21:02 GMT',
      'X-Time': '1650576062',
      'Content-MD5': 'yJjyc0wGqMCp52oWxdzqqw==',
      'X-Key': keyId,
    });
    expect(keyId).toMatch(/^[0-9a-f]{8}$/);
  });

  it('must all be there again when verifying, and fit', async () => {
    const signer = createSigner(
      profileOf('hmac-sha1:hex;content-md5=hex', { template: '{body}{date}{timestamp}' }),
      keys,
    );
    const headers = asReceived((await signer.sign(requestWith())).headers);
    expect(await signer.verify(requestWith(), headers)).toBe(true);
    expect(Object.keys(headers)).toEqual(['x-signature', 'date', 'x-timestamp', 'content-md5']);
    for (const name of Object.keys(headers)) {
      expect(await signer.verify(requestWith(), { ...headers, [name]: undefined })).toBe(false);
      expect(await signer.verify(requestWith(), { ...headers, [name]: `${headers[name]}0` })).toBe(false);
    }
  });

  it('use the times that were signed, with any clock of the verifier', async () => {
    const signer = createSigner(profileOf('hmac-sha1:hex', { template: '{body}{date}{timestamp}' }), keys);
    const { headers } = await signer.sign(requestWith());
    const later = requestWith({ date: new Date('2030-01-01') });
    expect(await signer.verify(later, asReceived(headers))).toBe(true);
  });

  it('are never made from an invalid date', async () => {
    const signer = createSigner(profileOf('hmac-sha1:hex', { template: '{body}{date}' }), keys);
    await expect(signer.sign(requestWith({ date: new Date('never') }))).rejects.toThrow(RangeError);
  });
});

describe('a profile that sorts the body', () => {
  const signer = createSigner(profileOf('sha256-suffix:hex', { template: '{sortedBody}' }), [{ text: 'test' }]);

  it('signs the same for any order and spacing of the fields', async () => {
    const one = await signer.sign(requestWith({ body: Buffer.from('{"b":1,"a":2}') }));
    expect(await signer.sign(requestWith({ body: Buffer.from('{ "a": 2, "b": 1 }') }))).toEqual(one);
  });

  it('refuses to sign a body that is not JSON, and verifies none', async () => {
    const request = requestWith({ body: Buffer.from('a=1') });
    await expect(signer.sign(request)).rejects.toMatchObject({ name: 'SignatureError', code: 'body-not-sortable' });
    expect(await signer.verify(request, { 'x-signature': 'ab'.repeat(32) })).toBe(false);
  });
});

describe('the parts of a request', () => {
  it.each<[string, Partial<SignableRequest>]>([
    ['method', { method: 'PUT' }],
    ['path', { path: '/api/v4' }],
    ['query', { query: 'b=2&a=2' }],
    ['sortedQuery', { query: 'b=2&a=2' }],
    ['contentType', { contentType: 'text/plain' }],
    ['md5(body)', { body: Buffer.from('{"a":1}') }],
    ['sha256(body)', { body: Buffer.from('{"a":1}') }],
    ['sortedBody', { body: Buffer.from('{"a":1}') }],
    ['sortedRootValues', { body: Buffer.from('{"a":1}') }],
  ])('are covered by {%s}', async (name, change) => {
    const signer = createSigner(profileOf('hmac-sha256:hex', { template: `{${name}}` }), [{ text: 'test' }]);
    const body = Buffer.from('{"a":2}');
    const { headers } = await signer.sign(requestWith({ body }));
    expect(await signer.verify(requestWith({ body }), asReceived(headers))).toBe(true);
    expect(await signer.verify(requestWith({ body, ...change }), asReceived(headers))).toBe(false);
  });
});
