import { describe, expect, it } from '@jest/globals';
import { ENCODINGS } from './encoding.js';
import type { SignatureProfileOptions } from './profile-options.js';
import { SCHEMES } from './schemes.js';
import { EVERY_SCHEME, profileOf, refusalOf } from './testing/profiles.js';

describe('parseSignatureProfile', () => {
  it('reads the default of the setting', () => {
    expect(profileOf('hmac-sha1:hex')).toEqual({
      scheme: { kind: 'hmac', hash: 'sha1' },
      encoding: 'hex',
      template: [{ placeholder: 'body' }],
      preEncoding: 'none',
      header: 'X-Signature',
      extraHeaders: {},
    });
  });

  it.each(EVERY_SCHEME)('reads $name in every encoding', ({ name, template }) => {
    for (const encoding of ENCODINGS) {
      expect(profileOf(`${name}:${encoding}`, { template })).toMatchObject({ scheme: SCHEMES[name], encoding });
    }
  });

  it('gives data that survives JSON', () => {
    const profile = profileOf('hmac-sha1:hex;content-md5=hex', { template: String.raw`{method}\n{date}` });
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });

  it('reads options after semicolons', () => {
    const text =
      'md5-suffix:hex; pre-encoding=base64; header=sign; date-header=X-Date; timestamp-header=X-Time; content-md5=hex; key-id-header=X-Key';
    expect(profileOf(text)).toMatchObject({
      preEncoding: 'base64',
      header: 'sign',
      extraHeaders: { date: 'X-Date', timestamp: 'X-Time', contentMd5: 'hex', keyId: 'X-Key' },
    });
  });

  it('prefers the text to the options given in code', () => {
    const profile = profileOf('hmac-sha1:hex;header=A', { header: 'B', preEncoding: 'base64' });
    expect(profile).toMatchObject({ header: 'A', preEncoding: 'base64' });
  });

  it('sends the date and the timestamp that are signed, so that the receiver can verify them', () => {
    const { extraHeaders } = profileOf('hmac-sha1:hex', { template: '{body}{date}{timestamp}' });
    expect(extraHeaders).toEqual({ date: 'Date', timestamp: 'X-Timestamp' });
  });

  it('reads a command, with spaces in its path', () => {
    expect(profileOf('external:/opt/our tools/sign; encoding=base64; timeout-ms=500; max-bytes=9000')).toMatchObject({
      scheme: { kind: 'external', target: { command: '/opt/our tools/sign' }, timeoutMs: 500, maxBytes: 9000 },
      encoding: 'base64',
    });
  });

  it('reads a service, and takes its answer as header text by default', () => {
    expect(profileOf('external:https://dss.example:8443/sign?profile=gost')).toMatchObject({
      scheme: {
        kind: 'external',
        target: { url: 'https://dss.example:8443/sign?profile=gost' },
        timeoutMs: 10_000,
        maxBytes: 16_384,
      },
      encoding: 'text',
    });
  });

  it.each<[string, SignatureProfileOptions, RegExp]>([
    ['', {}, /unknown signature scheme ""; allowed are hmac-md5, hmac-sha1, .*external:\/path\/to\/command/],
    ['hmac-sha3:hex', {}, /"hmac-sha3".*hmac-sha512/],
    ['constructor:hex', {}, /"constructor"/],
    ['hmac-sha1', {}, /encoding of the signature hmac-sha1 is missing.*hmac-sha1:hex.*hmac-sha1:base64url/],
    ['hmac-sha1:Hex', {}, /"Hex".*hmac-sha1:HEX/],
    ['hmac-sha1:text', {}, /"text"/],
    ['hmac-sha1:hex:base64', {}, /"hex:base64"/],
    ['hmac-sha1:hex;colour=red', {}, /unknown signature option "colour=red"; allowed are pre-encoding=…, header=…/],
    ['hmac-sha1:hex;header', {}, /unknown signature option "header"/],
    ['hmac-sha1:hex;timeout-ms=1', {}, /unknown signature option "timeout-ms=1"/],
    ['hmac-sha1:hex', { timeoutMs: 1 }, /timeout-ms is for external signatures only/],
    ['hmac-sha1:hex;header=A;header=B', {}, /header is given twice/],
    ['hmac-sha1:hex;header=X Signature', {}, /header is "X Signature"; allowed is a header name/],
    ['hmac-sha1:hex', { header: 'X\r\nEvil: 1' }, /header is "X\\r\\nEvil: 1"/],
    ['hmac-sha1:hex;pre-encoding=hex', {}, /pre-encoding is "hex"; allowed is none or base64/],
    ['hmac-sha1:hex;content-md5=HEX', {}, /content-md5 is "HEX"; allowed is hex or base64/],
    ['hmac-sha1:hex;date-header=x-signature', {}, /must differ from each other; x-signature is used twice/],
    ['hmac-sha1:hex', { template: '{bode}' }, /unknown placeholder \{bode\}.*\{body\}, \{method\}/],
    ['hmac-sha1:hex', { template: '{body}{secret}' }, /allowed only with md5-template, .* and sha512-template/],
    ['hmac-sha1:hex', { template: '{sortedRootValues(Password)}' }, /allowed only with md5-template/],
    ['sha256-template:hex', {}, /sha256-template signature needs the secret in its template/],
    ['external:gost-sign', {}, /"gost-sign" is neither an absolute path nor an http\(s\) URL/],
    ['external:', {}, /neither an absolute path nor/],
    ['external:ftp://host/', {}, /neither an absolute path nor/],
    ['external:https://', {}, /cannot be read/],
    ['external:/sign;timeout-ms=0', {}, /timeout-ms is "0"; allowed is a whole number from 1 to 300000/],
    ['external:/sign;timeout-ms=1e3', {}, /timeout-ms is "1e3"/],
    ['external:/sign;encoding=pem', {}, /encoding is "pem"; allowed is text or hex or HEX or base64 or base64url/],
  ])('refuses %j %j, naming the given value and the allowed ones', (text, options, message) => {
    expect(refusalOf(text, options)).toMatch(message);
  });

  it('never repeats credentials from a URL', () => {
    const error = refusalOf('external:https://agent:pa55word@dss.example/sign');
    expect(error).toMatch(/dss\.example holds credentials/);
    expect(error).not.toMatch(/pa55word|agent/);
  });

  it('shortens a long given value', () => {
    expect(refusalOf(`${'x'.repeat(5000)}:hex`)).toMatch(/"x{80}…"/);
  });
});
