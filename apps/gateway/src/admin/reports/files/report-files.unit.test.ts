import { describe, expect, it } from '@jest/globals';
import { readWorkbook } from '../../order-files/workbook/read-workbook.js';
import { csvOf, workbookOf } from './report-files.js';
import type { ReportTable } from './report-table.js';

const TABLE: ReportTable<readonly [string, string | null]> = {
  file: 'report',
  sheet: { en: 'Orders', ru: 'Заказы' },
  columns: [
    { title: { en: 'Placed by', ru: 'Заказчик' }, kind: 'text', of: ([name]) => name },
    { title: { en: 'Sum', ru: 'Сумма' }, kind: 'roubles', of: ([, sum]) => sum },
  ],
  rows: [
    ['=1+1', '-1234567.05'],
    ['a;b', null],
  ],
};

describe('a report as a file', () => {
  it('is CSV as Excel opens it in each language: exact numbers, and no formula of a name', () => {
    expect(csvOf(TABLE, 'ru')).toBe('\ufeffЗаказчик;Сумма\r\n\'=1+1;-1234567,05\r\n"a;b";\r\n');
    expect(csvOf(TABLE, 'en')).toBe("\ufeffPlaced by,Sum\r\n'=1+1,-1234567.05\r\na;b,\r\n");
  });

  it('is a workbook with titles and with numbers that are exact', async () => {
    const rows = await readWorkbook(await workbookOf(TABLE, 'ru'));
    expect(rows.map(({ cells }) => cells)).toEqual([
      [
        { text: 'Заказчик', isNumber: false },
        { text: 'Сумма', isNumber: false },
      ],
      [
        { text: '=1+1', isNumber: false },
        { text: '-1234567.05', isNumber: true },
      ],
      [
        { text: 'a;b', isNumber: false },
        { text: '', isNumber: false },
      ],
    ]);
  });
});
