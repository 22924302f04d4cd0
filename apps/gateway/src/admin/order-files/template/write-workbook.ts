import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A workbook of two sheets: titles to fill in below, and what one of the columns may be. */
export interface WorkbookPlan {
  readonly sheets: readonly [filledIn: string, list: string];
  readonly titles: readonly string[];
  readonly listed: readonly string[];
  /** The place of the column that is chosen from the list. */
  readonly listColumn: number;
}

/** So many lines offer the choice. */
const OFFERED_LINES = 2_001;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** The style of cells that are text whatever is typed, by its place in `STYLES`. */
const TEXT_STYLE = 1;

const STYLES = `<styleSheet ${MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** Writes it as ECMA-376 has it, with as few parts as Excel and LibreOffice take. */
export async function writeWorkbook({ sheets, titles, listed, listColumn }: WorkbookPlan): Promise<Buffer> {
  const sheetNames = sheets.map(
    (name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${[1, 2].map((at) => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${LINKS}"><sheets>${sheetNames.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['worksheet', 'worksheets/sheet2.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheet([titles], {
      textColumns: titles.length,
      choice: { listColumn, list: sheets[1], count: listed.length },
    }),
    'xl/worksheets/sheet2.xml': sheet(listed.map((text) => [text])),
  };
  const zip = new ZipFile();
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(HEAD + xml), name);
  zip.end();
  return await buffer(zip.outputStream);
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${LINKS}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

interface SheetExtras {
  readonly textColumns: number;
  readonly choice: { readonly listColumn: number; readonly list: string; readonly count: number };
}

function sheet(rows: readonly (readonly string[])[], extras?: SheetExtras): string {
  const cells = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
  if (extras === undefined) return `<worksheet ${MAIN}><sheetData>${cells}</sheetData></worksheet>`;
  const { textColumns, choice } = extras;
  const columns = `<cols><col min="1" max="${textColumns}" width="18" style="${TEXT_STYLE}" customWidth="1"/></cols>`;
  return `<worksheet ${MAIN}>${columns}<sheetData>${cells}</sheetData>${validation(choice)}</worksheet>`;
}

/** What is not on the list is taken too: the check says more about it. */
function validation({ listColumn, list, count }: SheetExtras['choice']): string {
  if (count === 0) return '';
  const letter = String.fromCharCode(65 + listColumn);
  const formula = `'${escaped(list)}'!$A$1:$A$${count}`;
  return `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${letter}2:${letter}${OFFERED_LINES}"><formula1>${formula}</formula1></dataValidation></dataValidations>`;
}

function cell(text: string): string {
  return `<c t="inlineStr" s="${TEXT_STYLE}"><is><t>${escaped(text)}</t></is></c>`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
