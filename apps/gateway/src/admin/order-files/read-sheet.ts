import { setImmediate } from 'node:timers/promises';
import { readCsvRecords } from '../../loyalty/import/pipeline/csv-records.js';
import { detectEncoding } from '../../loyalty/import/pipeline/encoding.js';
import { ImportFileError } from '../../loyalty/import/pipeline/import-file-error.js';
import { fileFault } from './file-fault.js';
import { MOST_LINES, type SheetRow } from './sheet.js';
import { readWorkbook } from './workbook/read-workbook.js';

/** What a workbook begins with: it is a zip archive. */
const ZIP = Buffer.from('504b0304', 'hex');
/** What a workbook of Excel before 2007 begins with, or one with a password. */
const OLE = Buffer.from('d0cf11e0', 'hex');

/**
 * The lines of a file that a person has made in a spreadsheet: CSV in UTF-8, UTF-16 or windows-1251 with `;` between
 * the columns, or an Excel workbook. Its first bytes say which.
 *
 * @throws ProblemError 422 when it cannot be read, is empty, or has too many lines
 */
export async function readSheet(file: Buffer): Promise<SheetRow[]> {
  if (file.subarray(0, OLE.length).equals(OLE)) {
    throw fileFault('damaged', 'The file is a workbook of an old Excel, or has a password: save it as .xlsx or CSV.');
  }
  const isWorkbook = file.subarray(0, ZIP.length).equals(ZIP);
  const rows = isWorkbook ? await readWorkbook(file) : await readCsv(file);
  if (rows.length > 0) return rows;
  throw fileFault('empty', 'The file is empty.');
}

async function readCsv(file: Buffer): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  try {
    const encoding = await detectEncoding(one(file), setImmediate);
    for await (const { line, fields, fault } of readCsvRecords(one(file), encoding, setImmediate)) {
      if (rows.length > MOST_LINES) {
        throw fileFault('too-many-lines', `The file has more than ${MOST_LINES} lines: part it.`);
      }
      const cells = fields.map((text) => ({ text, isNumber: false }));
      rows.push({ line, cells, ...(fault === undefined ? {} : { fault }) });
    }
  } catch (error) {
    throw error instanceof ImportFileError ? fileFault('damaged', `Not read: ${error.message}.`) : error;
  }
  // Excel reads the separator from a line in front of the header.
  return /^\s*sep=;?\s*$/i.test(rows[0]?.cells[0]?.text ?? '') ? rows.slice(1) : rows;
}

/** The whole file as a stream of one piece; it can be read more than once. */
async function* one(file: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(file);
}
