import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A cell of a test's workbook: a text or a number, as a spreadsheet keeps them; undefined: none. */
export type TestCell = string | number | undefined;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** The parts of a workbook with one sheet, as Excel writes it: texts are shared, empty cells are left out. */
export function workbookParts(rows: readonly (readonly TestCell[])[]): Record<string, string> {
  const texts: string[] = [];
  const cellOf = (value: TestCell, at: number, line: number): string => {
    const place = `r="${String.fromCharCode(65 + at)}${line}"`;
    if (value === undefined) return '';
    if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
    return `<c ${place} t="s"><v>${texts.push(value) - 1}</v></c>`;
  };
  const lines = rows.map(
    (row, at) => `<row r="${at + 1}">${row.map((value, column) => cellOf(value, column, at + 1)).join('')}</row>`,
  );
  return {
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
  };
}

/** Packs parts into an archive. */
export async function packParts(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), name);
  zip.end();
  return await buffer(zip.outputStream);
}
