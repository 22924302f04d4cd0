import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readReceipt } from '../index.js';

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

  it('keeps the kopecks exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 - 1 }), (kopecks) => {
        const sum = `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`;
        expect(read(EXAMPLE.replace('1498.00', sum))).toMatchObject({ value: { sum: kopecks } });
      }),
    );
  });

  it.each(['t', 's', 'fn', 'i', 'fp', 'n'])('refuses a code without %s', (name) => {
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
    ['s=-1.00', 's'],
    ['s=1.005', 's'],
    ['s=1e3', 's'],
    ['s=12345678901', 's'],
    ['fn=928244030066985', 'fn'],
    ['i=0', 'i'],
    ['i=12345678901', 'i'],
    ['fp=abc', 'fp'],
    ['n=5', 'n'],
    ['n=toString', 'n'],
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

  it('refuses a text that is no receipt, or endless', () => {
    expect(read('https://example.com/?a=1')).toMatchObject({ ok: false, error: { code: '5001' } });
    expect(read('t'.repeat(501))).toMatchObject({ ok: false, error: { code: '2003' } });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        read(text);
      }),
    );
  });
});
