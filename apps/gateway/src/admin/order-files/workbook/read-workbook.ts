import { fileFault } from '../file-fault.js';
import { EMPTY_CELL, isEmptyRow, MOST_LINES, type Cell, type SheetRow } from '../sheet.js';
import { damaged, openWorkbook, type Workbook } from './open-workbook.js';
import { readXml } from './read-xml.js';

/** Columns further right belong to no list of orders. */
const MOST_COLUMNS = 100;
/** A sheet of Excel has no more. */
const LAST_LINE = 1_048_576;
/** What a spreadsheet shows of a number. */
const SIGNIFICANT_DIGITS = 15;

/**
 * The lines of the first visible sheet of an Excel workbook (.xlsx). Formulas count by the value that was saved with them.
 *
 * @throws ProblemError 422 when it cannot be read, or has too many lines
 */
export async function readWorkbook(file: Buffer): Promise<SheetRow[]> {
  const workbook = await openWorkbook(file);
  try {
    const sheet = workbook.part(await findFirstSheet(workbook));
    if (sheet === undefined) throw damaged();
    return await readRows(sheet, await readSharedTexts(workbook));
  } finally {
    workbook.close();
  }
}

async function findFirstSheet(workbook: Workbook): Promise<string> {
  const [book, links] = [workbook.part('xl/workbook.xml'), workbook.part('xl/_rels/workbook.xml.rels')];
  if (book === undefined || links === undefined) throw damaged();
  let id: string | undefined;
  await readXml(book, {
    open: (name, attributes) => {
      if (name === 'sheet' && (attributes['state'] ?? 'visible') === 'visible') id ??= attributes['r:id'];
    },
  });
  let target: string | undefined;
  await readXml(links, {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id === id) target = Target;
    },
  });
  if (target === undefined) throw damaged();
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Texts of cells are kept once for the whole workbook. Pieces with a format of their own are one text, and readings of signs none. */
async function readSharedTexts(workbook: Workbook): Promise<string[]> {
  const part = workbook.part('xl/sharedStrings.xml');
  const texts: string[] = [];
  let text = '';
  let isText = false;
  let isReading = false;
  if (part === undefined) return texts;
  await readXml(part, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') isReading = true;
      isText = name === 't' && !isReading;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (name) => {
      isText = false;
      if (name === 'rPh') isReading = false;
      if (name === 'si') texts.push(text);
    },
  });
  return texts;
}

async function readRows(part: AsyncIterable<string>, shared: readonly string[]): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  let line = 0;
  let cells: Cell[] = [];
  let column = -1;
  let type = 'n';
  let text = '';
  let isValue = false;
  await readXml(part, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1);
        if (!(line >= 1 && line <= LAST_LINE)) throw damaged();
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = attributes['r'] === undefined ? column + 1 : columnOf(attributes['r']);
        type = attributes['t'] ?? 'n';
        text = '';
      }
      isValue = name === 'v' || name === 't';
    },
    text: (piece) => {
      if (isValue) text += piece;
    },
    close: (name) => {
      isValue = false;
      if (name === 'c' && column < MOST_COLUMNS) {
        while (cells.length < column) cells.push(EMPTY_CELL);
        cells[column] = cellOf(type, text, shared);
      }
      if (name !== 'row') return;
      const row = { line, cells };
      if (!isEmptyRow(row)) rows.push(row);
      if (rows.length > MOST_LINES + 1) {
        throw fileFault('too-many-lines', `The file has more than ${MOST_LINES} lines: part it.`);
      }
    },
  });
  return rows;
}

function cellOf(type: string, text: string, shared: readonly string[]): Cell {
  if (type === 's') return { text: shared[Number(text)] ?? '', isNumber: false };
  if (type !== 'n' || text === '') return { text, isNumber: false };
  return { text: plainNumber(text), isNumber: true };
}

/** 79161234567 is saved as 7.9161234567E10 by some, and 100.1 as 100.09999999999999. */
function plainNumber(text: string): string {
  const number = Number(Number(text).toPrecision(SIGNIFICANT_DIGITS));
  return Number.isFinite(number) ? String(number) : text;
}

/** `C7` is the third column. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
