import { describe, expect, it } from '@jest/globals';
import { packParts, workbookParts } from '../testing/workbook.js';
import { readWorkbook } from './read-workbook.js';

const SHEET = 'xl/worksheets/sheet1.xml';
const read = async (parts: Readonly<Record<string, string | Buffer>>) => readWorkbook(await packParts(parts));
const textsOf = async (parts: Readonly<Record<string, string>>) =>
  (await read(parts)).map(({ line, cells }) => [line, ...cells.map(({ text }) => text)]);

describe('a workbook', () => {
  it('is read line by line, with the gaps between cells and without empty lines', async () => {
    const parts = workbookParts([['Card', 'Tariff'], ['0000000001', undefined, 'x'], [], ['7', 2671]]);
    expect(await textsOf(parts)).toEqual([
      [1, 'Card', 'Tariff'],
      [2, '0000000001', '', 'x'],
      [4, '7', '2671'],
    ]);
  });

  it('gives numbers as a spreadsheet shows them, and says which cells are numbers', async () => {
    const parts = workbookParts([['title']]);
    parts[SHEET] =
      '<worksheet><sheetData><row><c><v>7.9161234567E10</v></c><c><v>100.09999999999999</v></c></row></sheetData></worksheet>';
    expect((await read(parts))[0]?.cells).toEqual([
      { text: '79161234567', isNumber: true },
      { text: '100.1', isNumber: true },
    ]);
  });

  it('joins the pieces of a text, leaves readings of signs out, and knows prefixed names and texts in cells', async () => {
    const parts = workbookParts([]);
    parts['xl/sharedStrings.xml'] =
      '<x:sst xmlns:x="x"><x:si><x:r><x:t>one </x:t></x:r><x:r><x:t>two</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:si></x:sst>';
    parts[SHEET] =
      '<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t>three</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await textsOf(parts)).toEqual([[1, 'one two', 'three']]);
  });

  it('is read from its first visible sheet', async () => {
    const parts = workbookParts([['visible']]);
    parts['xl/workbook.xml'] =
      '<workbook xmlns:r="r"><sheets><sheet state="hidden" r:id="rId7"/><sheet r:id="rId1"/></sheets></workbook>';
    expect(await textsOf(parts)).toEqual([[1, 'visible']]);
  });

  it.each([
    ['is no archive', () => Promise.resolve(Buffer.from('PK\u0003\u0004 and no more'))],
    ['has no sheet', () => packParts({ 'xl/workbook.xml': '<workbook/>' })],
    ['is no well-formed XML', () => packParts({ ...workbookParts([['a']]), [SHEET]: '<worksheet><row>' })],
    [
      'defines entities that grow',
      () =>
        packParts({
          ...workbookParts([['a']]),
          [SHEET]: '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
        }),
    ],
    [
      'grows to more than a list of orders can be',
      () => packParts({ ...workbookParts([['a']]), [SHEET]: Buffer.alloc(33 * 1024 * 1024, ' ') }),
    ],
  ])('is refused when it %s', async (_how, make) => {
    await expect(readWorkbook(await make())).rejects.toMatchObject({
      problem: { status: 422, members: { reason: 'damaged' } },
    });
  });

  it('is refused when it has more lines than a person looks through', async () => {
    const parts = workbookParts(Array.from({ length: 2_002 }, (_, at) => [`${at}`]));
    await expect(read(parts)).rejects.toMatchObject({ problem: { members: { reason: 'too-many-lines' } } });
  });
});
