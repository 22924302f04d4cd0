import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeAnswer, type EnvelopeError } from './index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function errorOf(bytes: Uint8Array): EnvelopeError {
  const result = decodeAnswer(bytes);
  if (result.ok) throw new Error('expected an error');
  return result.error;
}

/** The first code point of a text, or '' of an empty one. */
function firstCodePoint(text: string): number[] {
  const code = text.codePointAt(0);
  return code === undefined ? [] : [code];
}

describe('EnvelopeError', () => {
  it.each([
    ['nothing', '', 'not-json', 'nothing came'],
    ['whitespace', ' \r\n', 'not-json', 'nothing came'],
    ['an HTML page', '\n<!DOCTYPE html><h1>502</h1>', 'not-json', 'markup (HTML or XML) came instead of JSON'],
    ['a sentence', 'Bad Gateway', 'not-json', 'expected a value at position 0'],
    ['an answer cut short', '{"message":{"head":', 'not-json', 'expected a value at position 19, where the text ends'],
    [
      'trailing garbage',
      '{"message":{"head":{"resultCode":0}}}x',
      'not-json',
      'expected nothing after the value at position 37',
    ],
    [
      'two answers',
      '{"message":{"head":{"resultCode":0}}}{}',
      'not-json',
      'expected nothing after the value at position 37',
    ],
    ['null', 'null', 'not-an-envelope', 'the JSON is not an object'],
    ['a number', '0', 'not-an-envelope', 'the JSON is not an object'],
    ['a list', '[{"message":{}}]', 'not-an-envelope', 'the JSON is not an object'],
    ['no message', '{}', 'not-an-envelope', 'message is missing'],
    ['a Message in capitals', '{"Message":{}}', 'not-an-envelope', 'message is missing'],
    ['a message that only a prototype holds', '{"__proto__":{"message":{}}}', 'not-an-envelope', 'message is missing'],
    ['a message in words', '{"message":"ok"}', 'not-an-envelope', 'message is not an object'],
    ['no head', '{"message":{"body":{}}}', 'not-an-envelope', 'message.head is missing'],
    ['a head of []', '{"message":{"head":[]}}', 'not-an-envelope', 'message.head is not an object'],
    ['no resultCode', '{"message":{"head":{}}}', 'not-an-envelope', 'message.head.resultCode is missing'],
    [
      'a body in words',
      '{"message":{"head":{"resultCode":0},"body":"x"}}',
      'not-an-envelope',
      'message.body is not an object',
    ],
    [
      'a body of numbers',
      '{"message":{"head":{"resultCode":0},"body":[1]}}',
      'not-an-envelope',
      'message.body is not an object',
    ],
    [
      'a body of false',
      '{"message":{"head":{"resultCode":0},"body":false}}',
      'not-an-envelope',
      'message.body is not an object',
    ],
  ])('answers a typed error for %s', (_what, text, kind, detail) => {
    expect(decodeAnswer(utf8(text))).toEqual({ ok: false, error: { kind, detail, received: text } });
  });

  it.each([
    ['windows-1251', [0xcf, 0xf0, 0xe8]],
    ['a bare continuation byte', [0x7b, 0x80, 0x7d]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
    ['a character cut short', [0x22, 0xd0]],
  ])('answers not-utf8 for %s', (_what, bytes) => {
    expect(errorOf(Uint8Array.from(bytes))).toMatchObject({ kind: 'not-utf8', detail: 'the bytes are not UTF-8' });
  });

  it('shows bytes that are not UTF-8 as replacement characters', () => {
    expect(errorOf(Uint8Array.from([0x61, 0xff, 0x62, 0xd0])).received).toBe('a\uFFFDb\uFFFD');
  });

  it('shows a NUL as a replacement character, since PostgreSQL stores none', () => {
    expect(errorOf(utf8('a\u0000b')).received).toBe('a\uFFFDb');
  });

  it('answers hostile nesting with a typed error', () => {
    const text = '{"message":{"head":{"resultCode":0},"body":' + '['.repeat(100_000);
    expect(errorOf(utf8(text))).toMatchObject({
      kind: 'not-json',
      detail: 'expected at most 64 levels of nesting at position 105',
    });
  });

  it('keeps exactly the first 2048 bytes of the answer', () => {
    expect(errorOf(utf8('x'.repeat(2048))).received).toBe('x'.repeat(2048));
    expect(errorOf(utf8('x'.repeat(2049))).received).toBe('x'.repeat(2048));
  });

  it.each([
    ['two bytes', 'ж', 2047],
    ['three bytes', '€', 2046],
    ['four bytes', '😀', 2045],
  ])('does not break a character of %s at the cut', (_what, character, start) => {
    const text = 'x'.repeat(start) + character.repeat(3);
    expect(errorOf(utf8(text)).received).toBe('x'.repeat(start));
  });

  it('keeps the longest beginning that fits, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'ж', '€', '😀'), minLength: 500, maxLength: 2100 }),
        (text) => {
          const { received } = errorOf(utf8(text));
          const next = String.fromCodePoint(...firstCodePoint(text.slice(received.length)));
          expect(text.startsWith(received)).toBe(true);
          expect(utf8(received).length).toBeLessThanOrEqual(2048);
          expect(next === '' || utf8(received + next).length > 2048).toBe(true);
        },
      ),
    );
  });

  it('returns a failure and never throws, for any bytes', () => {
    const beginning = utf8('{"message":{"head":{"resultCode":0},"body":{"id":1}}}');
    fc.assert(
      fc.property(fc.nat(beginning.length), fc.uint8Array({ maxLength: 40 }), (length, bytes) => {
        const all = Uint8Array.from([...beginning.subarray(0, length), ...bytes]);
        const result = decodeAnswer(all);
        expect(result.ok || typeof result.error.detail === 'string').toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('never repeats the answer in the detail', () => {
    const secret = 'Ivanova';
    for (const text of [
      secret,
      `"${secret}"`,
      `{"message":"${secret}"}`,
      `{"message":{"head":"${secret}"}}`,
      `{"message":{"head":{"resultCode":"${secret}"}}}`,
      `{"message":{"head":{"resultCode":0},"body":"${secret}"}}`,
      `{"message":{"${secret}":${secret}}}`,
    ]) {
      const error = errorOf(utf8(text));
      expect(error.detail).not.toContain(secret);
      expect(error.received).toBe(text);
    }
  });
});
