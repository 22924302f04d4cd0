import { stringify } from 'csv-stringify/sync';
import { writeWorkbook } from '../../workbooks/write-workbook.js';
import type { Language, ReportColumn, ReportTable } from './report-table.js';

/** A spreadsheet would take what begins like this for a formula, and run it. */
const FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;
/** As Excel opens a file without questions: in Russian a comma stands before the decimals. */
const CSV_FORM = { ru: { delimiter: ';', point: ',' }, en: { delimiter: ',', point: '.' } } as const;

interface Cell {
  readonly text: string;
  readonly kind: ReportColumn<never>['kind'];
}

function cellsOf<Row>({ columns, rows }: ReportTable<Row>): Cell[][] {
  return rows.map((row) =>
    columns.map(({ kind, of }) => {
      const text = String(of(row) ?? '');
      return { text, kind: PLAIN_NUMBER.test(text) ? kind : 'text' };
    }),
  );
}

/** RFC 4180, with the mark that says to spreadsheets that it is UTF-8. */
export function csvOf<Row>(table: ReportTable<Row>, language: Language): string {
  const { delimiter, point } = CSV_FORM[language];
  const titles = table.columns.map(({ title }) => title[language]);
  const lines = cellsOf(table).map((cells) =>
    cells.map(({ text, kind }) => (kind === 'text' ? text.replace(FORMULA, "'$&") : text.replace('.', point))),
  );
  return stringify([titles, ...lines], { delimiter, record_delimiter: 'windows', bom: true });
}

/** A workbook whose numbers are numbers, digit for digit. */
export function workbookOf<Row>(table: ReportTable<Row>, language: Language): Promise<Buffer> {
  const titles = table.columns.map(({ title }) => title[language]);
  const lines = cellsOf(table).map((cells) =>
    cells.map(({ text, kind }) => (kind === 'text' ? text : { number: text, style: kind })),
  );
  return writeWorkbook([
    {
      name: table.sheet[language],
      rows: [titles, ...lines],
      hasTitles: true,
      columns: { count: titles.length, width: 18, isText: false },
    },
  ]);
}
