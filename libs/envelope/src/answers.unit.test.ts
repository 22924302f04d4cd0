import { describe, expect, it } from '@jest/globals';
import { decodeAnswer, encodeAnswer, type EnvelopeError, JsonNumber } from './index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const withHead = (head: string, tail = ''): Uint8Array => utf8(`{"message":{"head":${head}${tail}}}`);
const withCode = (code: string): Uint8Array => withHead(`{"resultCode":${code},"resultMessage":"OK"}`);

function decoded(bytes: Uint8Array): unknown {
  const result = decodeAnswer(bytes);
  return result.ok ? result.answer : result;
}

function errorOf(bytes: Uint8Array): EnvelopeError {
  const result = decodeAnswer(bytes);
  if (result.ok) throw new Error('expected an error');
  return result.error;
}

describe('decodeAnswer', () => {
  it("reads the vendor's example answer", () => {
    const text = `{ "message": { "head": { "resultCode": 0, "resultMessage": "OK" },
      "body": { "id": 228422, "totalAmount": 2800 } } }`;
    expect(decoded(utf8(text))).toEqual({
      resultCode: 0,
      resultMessage: 'OK',
      head: { resultCode: new JsonNumber('0'), resultMessage: 'OK' },
      body: { id: new JsonNumber('228422'), totalAmount: new JsonNumber('2800') },
    });
  });

  it('keeps the exact text of an id beyond 2^53 and of an amount', () => {
    expect(
      decoded(withHead('{"resultCode":0}', ',"body":{"id":9007199254740993,"totalAmount":2800.00}')),
    ).toMatchObject({
      body: { id: new JsonNumber('9007199254740993'), totalAmount: new JsonNumber('2800.00') },
    });
  });

  it('keeps unknown fields of the head and ignores those outside it', () => {
    const text = '{"x":1,"message":{"y":2,"head":{"resultCode":0,"version":"3.0","languageId":null}}}';
    expect(decoded(utf8(text))).toMatchObject({
      resultCode: 0,
      head: { resultCode: new JsonNumber('0'), version: '3.0', languageId: null },
    });
  });

  it.each([
    ['is absent', ''],
    ['is null', ',"body":null'],
    ['is the [] of a PHP server', ',"body":[]'],
  ])('reads no body when it %s', (_what, tail) => {
    expect(decoded(withHead('{"resultCode":0}', tail))).toMatchObject({ resultCode: 0, body: undefined });
  });

  it('keeps an empty object as a body', () => {
    expect(decoded(withHead('{"resultCode":0}', ',"body":{}'))).toMatchObject({ body: {} });
  });

  it.each([
    ['0', 0],
    ['-0', 0],
    ['7', 7],
    ['-12', -12],
    ['0.0', 0],
    ['9007199254740991', 9007199254740991],
    ['"0"', 0],
    ['"-0"', 0],
    ['"00"', 0],
    ['"1034"', 1034],
    ['"-5"', -5],
  ])('reads a resultCode of %s as %d', (code, value) => {
    expect(decoded(withCode(code))).toMatchObject({ resultCode: value });
  });

  it.each([
    '"abc"',
    '1.5',
    'true',
    'null',
    '[]',
    '{}',
    '""',
    '" 0"',
    '"0x0"',
    '"1e0"',
    '"+1"',
    '"0\\n"',
    '"٠"',
    '9007199254740992',
    '"99999999999999999999"',
    '1e400',
  ])('refuses a resultCode of %s', (code) => {
    expect(errorOf(withCode(code))).toMatchObject({
      kind: 'not-an-envelope',
      detail: 'message.head.resultCode is not a whole number',
    });
  });

  it.each(['1e-400', '0.4e-999', '"0.0000000000000000000000001"'])(
    'never takes a resultCode of %s, which only rounds to 0, for success',
    (code) => {
      expect(errorOf(withCode(code)).kind).toBe('not-an-envelope');
    },
  );

  it.each([
    ['a text', ',"resultMessage":"Нет билета"', 'Нет билета'],
    ['missing', '', ''],
    ['null', ',"resultMessage":null', ''],
    ['a number', ',"resultMessage":404.00', '404.00'],
    ['true', ',"resultMessage":true', 'true'],
    ['an object', ',"resultMessage":{"ru":"Нет"}', '{"ru":"Нет"}'],
  ])('reads a resultMessage that is %s', (_what, field, message) => {
    expect(decoded(withHead(`{"resultCode":1${field}}`))).toMatchObject({ resultCode: 1, resultMessage: message });
  });

  it('passes over a byte order mark', () => {
    expect(decoded(Buffer.from('\uFEFF{"message":{"head":{"resultCode":0}}}'))).toMatchObject({ resultCode: 0 });
  });
});

describe('encodeAnswer', () => {
  const OK = { resultCode: 0, resultMessage: 'OK' };

  it("writes the vendor's example answer compactly", () => {
    const body = { id: new JsonNumber('228422'), totalAmount: new JsonNumber('2800.00') };
    expect(encodeAnswer(OK, body).toString('utf8')).toBe(
      '{"message":{"head":{"resultCode":0,"resultMessage":"OK"},"body":{"id":228422,"totalAmount":2800.00}}}',
    );
  });

  it('writes no body key without a body, as the cancel methods answer', () => {
    expect(encodeAnswer(OK, undefined).toString('utf8')).toBe(
      '{"message":{"head":{"resultCode":0,"resultMessage":"OK"}}}',
    );
  });

  it('can write the [] of a PHP server', () => {
    expect(decoded(encodeAnswer(OK, []))).toMatchObject({ resultCode: 0, body: undefined });
  });

  it('is read back by decodeAnswer', () => {
    const refusal = { resultCode: 1034, resultMessage: 'Недостаточно средств «фонда»' };
    expect(decoded(encodeAnswer(refusal, { id: new JsonNumber('1') }))).toMatchObject({
      ...refusal,
      body: { id: new JsonNumber('1') },
    });
  });
});

describe('an answer with something in front of it', () => {
  const ENVELOPE = '{"message":{"head":{"resultCode":0,"resultMessage":"OK"},"body":{"id":228422}}}';
  const decode = (text: string) => decodeAnswer(new TextEncoder().encode(text));

  it.each([
    ['a warning of PHP', '<br />\n<b>Warning</b>: Undefined index in <b>/srv/a.php</b> on line <b>7</b><br />\n'],
    ['two byte order marks', '\ufeff\ufeff'],
    ['words', 'debug: 1\n'],
  ])('is read behind %s', (_, noise) => {
    expect(decode(`${noise}${ENVELOPE}\n`)).toMatchObject({ ok: true, answer: { resultCode: 0 } });
  });

  it.each([
    ['is cut short', `Warning\n${ENVELOPE.slice(0, -1)}`],
    ['is followed by something', `Warning\n${ENVELOPE}<br />`],
    ['follows a request that was sent back', `{"message":{"head":{"type":"a"}}}${ENVELOPE}`],
    ['has no result', 'Warning\n{"message":{"head":{"type":"app_create_order"},"body":{}}}'],
  ])('decides nothing when it %s', (_, text) => {
    expect(decode(text)).toMatchObject({ ok: false, error: { kind: 'not-json' } });
  });
});
