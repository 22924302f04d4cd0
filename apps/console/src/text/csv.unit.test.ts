import { describe, expect, it } from '@jest/globals';
import { writeCsv } from './csv.js';

describe('a table as CSV', () => {
  it('has a mark for UTF-8, and quotes where a text needs them', () => {
    expect(
      writeCsv([
        ['a', 'b;c'],
        ['say "no"', 'two\nlines'],
      ]),
    ).toBe('\ufeffa;"b;c"\r\n"say ""no""";"two\nlines"\r\n');
  });

  it.each(['=1+1', '+7 916', '-1+cmd', '@SUM(A1)', '\t=1', '\r=1'])(
    'gives a spreadsheet no formula to run: %j',
    (text) => expect(writeCsv([[text]]).replace('"', '')).toMatch(/^\ufeff'/),
  );

  it('leaves numbers alone, negative ones too', () => {
    expect(writeCsv([['-5', '-5,50', '2800.5']])).toBe('\ufeff-5;-5,50;2800.5\r\n');
  });
});
