import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sentTimes } from './headers.js';
import type { SignableRequest } from './request.js';
import { parseTemplate, renderTemplate } from './template.js';
import { requestWith } from './testing/requests.js';

function rendered(text: string, changes: Partial<SignableRequest> = {}, secret?: string): string {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(parsed.error);
  const request = requestWith(changes);
  const facts = { request, times: sentTimes(request), secret: secret === undefined ? undefined : Buffer.from(secret) };
  const result = renderTemplate(parsed.template, facts);
  if (!result.ok) throw new Error(result.error);
  return Buffer.concat(result.pieces).toString();
}

const body = Buffer.from('{"b":"2","a":1}');

describe('a template', () => {
  it.each([
    ['{body}', '{"b":"2","a":1}'],
    ['{method} {path}?{query}', 'POST /api/v3?b=2&a=1'],
    ['{sortedQuery}', 'a=1&b=2'],
    ['{contentType}', 'application/json'],
    ['{date}', 'Thu, 21 Apr 2022 21:21:02 GMT'],
    ['{timestamp}', '1650576062'],
    ['{md5(body)}', '754337d6b24f3281b39b18e844859f88'],
    ['{sha256(body)}', '704dc23c24ac2ea0601714e84ebec7cb40b131b2b208221e7c7aefd1ef3af17c'],
    ['{sortedBody}', '{"a":1,"b":"2"}'],
    ['{json(a)}{json(b)}', '12'],
    ['{json(b)}{json(a)}{secret}', '21test'],
    ['{json(a)}{json(missing)}{json(a.b)}', '1'],
    ['{sortedRootValues}', '12'],
    ['{sortedRootValues(Password)}', 'test12'],
    ['{sortedRootValues(a.b-c)}', '1test2'],
    ['{secret}:{method}', 'test:POST'],
    [String.raw`{method}\n\r\t\\\{\}`, 'POST\n\r\t\\{}'],
    [String.raw`\\n{method}`, String.raw`\nPOST`],
    ['{method}\n{path}', 'POST\n/api/v3'],
    ['тело: {method} ✓', 'тело: POST ✓'],
  ])('%j gives %j', (text, expected) => {
    expect(rendered(text, { body }, 'test')).toBe(expected);
  });

  it.each([
    ['{Body}', 'unknown placeholder {Body}'],
    ['{}', 'unknown placeholder {}'],
    ['{sha512(body)}', 'unknown placeholder {sha512(body)}'],
    ['{json}', 'unknown placeholder {json}'],
    ['{json()}', 'unknown placeholder {json()}'],
    ['{json(a..b)}', 'unknown placeholder {json(a..b)}'],
    ['{sortedRootValues()}', 'unknown placeholder {sortedRootValues()}'],
    ['{toString}', 'unknown placeholder {toString}'],
    ['{body', 'a lone {'],
    ['body}', 'a lone }'],
    ['{{body}}', 'a lone {'],
    [String.raw`{body}\x`, String.raw`unknown escape \x`],
    ['{body}\\', 'unknown escape \\'],
    ['', 'covers nothing of the request'],
    ['body', 'covers nothing of the request'],
    ['{secret}', 'covers nothing of the request'],
  ])('%j is refused with its fault and the allowed values', (text, start) => {
    const parsed = parseTemplate(text);
    expect(parsed).toMatchObject({ ok: false, error: expect.stringContaining(start) });
    expect(parsed).toMatchObject({ error: expect.stringMatching(/\{sortedBody\}|allowed are \\n/) });
  });

  it('keeps every literal as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (literal) => {
        const escaped = literal.replaceAll(/[\\{}]/g, (character) => `\\${character}`);
        expect(rendered(`${escaped}{method}${escaped}`)).toBe(`${literal}POST${literal}`);
      }),
    );
  });

  it('does not read placeholders in what it is given', () => {
    expect(rendered('{path}', { path: '/{body}' })).toBe('/{body}');
  });
});

describe('{json(…)}', () => {
  const envelope = Buffer.from(
    '{"message":{"body":{"phone":"+79160000000","id":9007199254740993,"amount":2800.00,"paid":true,"none":null,' +
      '"text":"\\u0410\\"","orderData":[{"tariffId":1},{"tariffId":2}],"id":5}}}',
  );

  it.each([
    ['{json(message.body.phone)}', '+79160000000'],
    ['{json(message.body.amount)}', '2800.00'],
    ['{json(message.body.paid)}', 'true'],
    ['{json(message.body.text)}', 'А"'],
    ['{json(message.body.orderData.1.tariffId)}', '2'],
    // Of two members of one name the last one counts.
    ['{json(message.body.id)}', '5'],
    ['{json(message.body.phone)}{json(message.body.none)}{json(message.body.orderData.2.tariffId)}', '+79160000000'],
  ])('%s gives %s of the body', (text, expected) => {
    expect(rendered(text, { body: envelope })).toBe(expected);
  });

  it.each([
    ['{json(message.body)}', 'nothing to sign for {json(message.body)}'],
    ['{json(message.body.orderData)}', 'nothing to sign for {json(message.body.orderData)}'],
    ['x{json(message.body.none)}{json(nothing)}', 'none of the values'],
  ])('%s signs nothing: %s', (text, why) => {
    expect(() => rendered(text, { body: envelope })).toThrow(why);
    expect(() => rendered(text, { body: Buffer.from('no json') })).toThrow();
  });
});

describe('{sortedQuery}', () => {
  it.each([
    ['', ''],
    ['a', 'a'],
    ['b&a', 'a&b'],
    ['a=2&a=10&a=1', 'a=1&a=10&a=2'],
    ['a-b=1&a=2', 'a=2&a-b=1'],
    ['a=%7E&A=+', 'A=+&a=%7E'],
    ['b=1&&a=2=3', '&a=2=3&b=1'],
  ])('orders %j as %j, by name, then by value, and decodes nothing', (query, expected) => {
    expect(rendered('{sortedQuery}', { query })).toBe(expected);
  });
});
