import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const TITLES = ['Номер карты', 'Тариф', 'Телефон'];
const PHONE = '8 916 123-45-67';

/** Lines of different orders as a person writes them, three of them spoilt: a card with a letter, no tariff, half a phone. */
function spoiltLines(count: number, from: number): string[][] {
  const lines = Array.from({ length: count }, (_, at) => [String(from + at).padStart(10, '0'), '2671', PHONE]);
  lines[4] = ['12a', '2671', PHONE];
  lines[8] = ['0000000008', '', PHONE];
  lines[12] = ['0000000012', '2671', '916'];
  return [TITLES, ...lines];
}

/** A list as Excel on a Russian Windows saves it as CSV: windows-1251. */
export function csvOfOrders(count: number, from: number): Buffer {
  const text = spoiltLines(count, from)
    .map((line) => `${line.join(';')}\r\n`)
    .join('');
  return Buffer.from(
    Array.from(text, (sign) => {
      const code = sign.codePointAt(0) ?? 0;
      return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
    }),
  );
}

/** The same list as an Excel workbook. */
export async function workbookOfOrders(count: number, from: number): Promise<Buffer> {
  const rows = spoiltLines(count, from).map(
    (line) => `<row>${line.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`,
  );
  const zip = new ZipFile();
  const parts = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="1" r:id="a"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
  };
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(xml), name);
  zip.end();
  return await buffer(zip.outputStream);
}
