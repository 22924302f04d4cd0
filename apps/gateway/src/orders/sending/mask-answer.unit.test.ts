import { describe, expect, it } from '@jest/globals';
import { KEPT_BYTES, maskAnswer, maskText } from './mask-answer.js';

describe('maskAnswer', () => {
  it('masks every value of a field for personal data', () => {
    const answer = '{"id":228422,"phone":"+71044826548","Email": "a\\"b@c.ru","firstname":"Иван","surname":"Петров"}';
    expect(maskAnswer(answer)).toBe('{"id":228422,"phone":"***","Email": "***","firstname":"***","surname":"***"}');
  });

  it.each(['+7 (104) 482-65-48', '+71044826548', '71044826548', '8 104 482 65 48', 'ivan.petrov@mail.example.ru'])(
    'masks %s in any text',
    (secret) => {
      expect(maskAnswer(`<p>Клиент ${secret} не найден</p>`)).toBe('<p>Клиент *** не найден</p>');
    },
  );

  it('keeps ids, amounts and times, which are the evidence', () => {
    const answer =
      '{"message":{"head":{"resultCode":0,"time":"2022-04-22 00:21:02 +03:00"},"body":{"id":71234567890}}}';
    expect(maskAnswer(answer)).toBe(answer);
  });

  it('masks a personal field that the end has cut off', () => {
    expect(maskAnswer('{"name":"Иван Пет')).toBe('{"name":"***"');
    expect(maskAnswer('{"name":"Иван\\')).toBe('{"name":"***"');
    expect(maskAnswer('{"name":"Иван\\\nПетров"}')).toBe('{"name":"***"}');
  });

  it('keeps the first 16 KiB, whole characters only', () => {
    const kept = maskAnswer(`x${'я'.repeat(KEPT_BYTES)}`) ?? '';
    expect(Buffer.byteLength(kept)).toBe(KEPT_BYTES - 1);
    expect(kept.endsWith('я')).toBe(true);
  });

  it('replaces what a text of PostgreSQL cannot hold', () => {
    expect(maskAnswer('a\u0000b')).toBe('a\uFFFDb');
    expect(maskText('нет\u0000')).toBe('нет\uFFFD');
  });

  it('returns nothing without an answer', () => {
    expect([maskAnswer(undefined), maskAnswer('')]).toEqual([null, null]);
  });
});
