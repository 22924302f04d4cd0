import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readReceipt } from '../../index.js';

const EXAMPLE = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
const read = (text: string) => readReceipt(text, 'qrCode');

describe('readReceipt', () => {
  it("reads the contract's example", () => {
    expect(read(EXAMPLE)).toEqual({
      ok: true,
      value: {
        time: '2026-03-17T19:23:00',
        sum: 149800,
        fiscalDrive: '9282440300669857',
        document: '25151',
        fiscalSign: '1186123459',
        operation: 'sale',
      },
    });
  });

  it('reads the parts in any order, ignores unknown ones, and takes seconds', () => {
    const text = 'n=2&x=1&fp=0000000007&i=0001&fn=9282440300669857&s=0,5&t=20260317T192359';
    expect(read(text)).toMatchObject({
      ok: true,
      value: { time: '2026-03-17T19:23:59', sum: 50, document: '1', fiscalSign: '7', operation: 'sale-return' },
    });
  });

  it('gives one identity to a receipt however its numbers are padded', () => {
    expect(read(EXAMPLE.replace('i=25151', 'i=0000025151'))).toEqual(read(EXAMPLE));
  });

  it('reads the kopecks exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 - 1 }), (kopecks) => {
        const sum = `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`;
        expect(read(EXAMPLE.replace('1498.00', sum))).toMatchObject({ value: { sum: kopecks } });
      }),
    );
  });

  it.each(['t', 's', 'fn', 'i', 'fp'])('refuses a code without %s', (name) => {
    const text = EXAMPLE.split('&')
      .filter((part) => !part.startsWith(`${name}=`))
      .join('&');
    const receipt = read(text);
    expect(receipt).toMatchObject({ ok: false, error: { code: '5001' } });
    if (!receipt.ok) expect(receipt.error.description).toContain(` ${name}`);
  });

  it.each([
    ['t=20260230T1923', 't'],
    ['t=20260317T2423', 't'],
    ['t=20260317 1923', 't'],
    ['t=20260317', 't'],
    ['t=2026-03-17', 't'],
    ['t=20261317T1923', 't'],
    ['t=вчера', 't'],
    ['t=20260317T1923=x', 't'],
    ['s=0', 's'],
    ['s=0.00', 's'],
    ['s=12.345', 's'],
    ['s=много', 's'],
    ['s=12 34.00', 's'],
    ['s=-1.00', 's'],
    ['s=1.005', 's'],
    ['s=1e3', 's'],
    ['s=12345678901', 's'],
    ['fn=928244030066985', 'fn'],
    ['i=0', 'i'],
    ['i=12345678901', 'i'],
    ['fn=92824403006698571', 'fn'],
    ['fn=928244030066985٧', 'fn'],
    ['fn=92824403006698a7', 'fn'],
    ['fp=0', 'fp'],
    ['fp=46B1F3A3', 'fp'],
    ['fp=12345678901', 'fp'],
    ['fp=abc', 'fp'],
  ])('refuses %s', (part, name) => {
    const text = EXAMPLE.split('&')
      .map((each) => (each.startsWith(`${name}=`) ? part : each))
      .join('&');
    const receipt = read(text);
    expect(receipt).toMatchObject({ ok: false, error: { code: '5002' } });
    if (!receipt.ok) expect(receipt.error.description).toContain(` ${name} `);
  });

  it('refuses a code that says two things about one part', () => {
    expect(read(`${EXAMPLE}&i=2`)).toMatchObject({ ok: false, error: { code: '5002' } });
    expect(read(`${EXAMPLE}&n=1`)).toMatchObject({ ok: true });
  });

  it.each([
    ['seconds', ['20260317T1923', '20260317T192300']],
    ['seconds and milliseconds', ['20260317T1923', '20260317T192300.123']],
    ['milliseconds without a point', ['20260317T1923', '20260317T192300123']],
    ['the time in ISO form', ['20260317T1923', '2026-03-17T19:23']],
    ['the time in ISO form with seconds', ['20260317T1923', '2026-03-17T19:23:00.000']],
    ['encoded colons', ['20260317T1923', '2026-03-17T19%3A23%3A00']],
    ['no decimals', ['1498.00', '1498']],
    ['one decimal', ['1498.00', '1498.0']],
    ['a comma', ['1498.00', '1498,00']],
    ['thousands apart', ['1498.00', '1 498.00']],
    ['thousands apart by an encoded blank', ['1498.00', '1%20498.00']],
    ['thousands apart by a blank that does not break', ['1498.00', '1\u00a0498.00']],
    ['no operation', ['&n=1', '']],
    ['fd and fpd', ['i=25151&fp', 'fd=25151&fpd']],
    ['padded numbers', ['i=25151&fp=1186123459', 'i=0000025151&fp=1186123459']],
    ['further parts', ['&n=1', '&n=1&x=y&z&=']],
  ])('reads one and the same receipt with %s', (_what, [from = '', to = '']) => {
    expect(EXAMPLE).toContain(from);
    expect(read(EXAMPLE.replace(from, to))).toEqual(read(EXAMPLE));
  });

  it.each([
    ['the parts in another order', EXAMPLE.split('&').toReversed().join('&')],
    ['names in capitals', EXAMPLE.toUpperCase()],
    ['semicolons', EXAMPLE.replaceAll('&', ';')],
    ['&amp;', EXAMPLE.replaceAll('&', '&amp;')],
    ['quotes around it', `"${EXAMPLE}"`],
    ['guillemets and blanks around it', ` «${EXAMPLE}» `],
    ['a line end after it', `${EXAMPLE}\r\n`],
    ['blanks after the separators', EXAMPLE.replaceAll('&', '& ')],
    ['blanks after the values', `${EXAMPLE.replaceAll('&', ' &')} `],
    ['invisible characters', `\ufeff${EXAMPLE.replace('&', '\u200b&')}`],
    ['one percent-encoding', encodeURIComponent(EXAMPLE)],
    ['&amp; in a percent-encoding', encodeURIComponent(EXAMPLE.replaceAll('&', '&amp;'))],
    ['an address in front', `https://check.example.com/?${EXAMPLE}`],
    ['an address with a part in front', `https://check.example.com/r?x=1&${EXAMPLE}`],
    ['an address without a scheme', `check.example.com/rec?${EXAMPLE}#top`],
    ['an address as a whole encoded', encodeURIComponent(`https://check.example.com/?${EXAMPLE}`)],
    [
      'its numbers in the path',
      'https://ofd.example.com/rec/9282440300669857/25151/1186123459?t=20260317T1923&s=1498.00',
    ],
  ])('reads one and the same receipt with %s', (_what, text) => {
    expect(read(text)).toEqual(read(EXAMPLE));
  });

  it('takes the longest text of the vendor, and no longer one', () => {
    expect(read(`${EXAMPLE}&x=`.padEnd(999, '1'))).toEqual(read(EXAMPLE));
    expect(read(`${EXAMPLE}&x=`.padEnd(1_000, '1'))).toMatchObject({ ok: false, error: { code: '2003' } });
  });

  it.each([
    ['2', 'sale-return'],
    ['3', 'purchase'],
    ['4', 'purchase-return'],
    ['0', 'unknown'],
    ['9', 'unknown'],
    ['01', 'unknown'],
    ['приход', 'unknown'],
    ['toString', 'unknown'],
  ])('reads n=%s as %s, which is no sale', (n, operation) => {
    expect(read(EXAMPLE.replace('n=1', `n=${n}`))).toMatchObject({ ok: true, value: { operation } });
  });

  it.each([
    ['a link', 'https://example.com/?a=1'],
    ['a link with a time', 'https://example.com/watch?t=42'],
    ['a word', 'привет'],
    ['nothing but quotes', '""'],
    ['an EAN', '4006381333931'],
    ['a payment order', 'ST00012|Name=ООО|PersonalAcc=40702810|BankName=Банк|BIC=044525225|CorrespAcc=301'],
    [
      "a bank's code",
      'https://qr.nspk.ru/AS10003P3RH0LJ2A9ROO038L6NT5RU1M?type=01&bank=000000000001&sum=10000&cur=RUB&crc=F3D0',
    ],
    ["a bank's code with parts of a receipt", `https://qr.nspk.ru/AS1000?type=01&bank=000000000001&cur=RUB&${EXAMPLE}`],
    [
      'a Ukrainian receipt',
      'https://cabinet.tax.gov.ua/cashregs/check?id=1&date=20260317&time=1923&fn=4000123456&sm=149.80',
    ],
    ['a Serbian receipt', 'https://suf.purs.gov.rs/v/?vl=A1VZNVBZTTNV'],
  ])('distinguishes %s from a receipt', (_what, text) => {
    expect(read(text)).toMatchObject({ ok: false, error: { code: '5005' } });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        read(text);
      }),
    );
  });
});
