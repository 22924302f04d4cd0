import { describe, expect, it } from '@jest/globals';
import { RequestHashes } from '../../orders/api/request-hash.js';
import { readOrderRows, type OrderRow } from './read-order-rows.js';
import type { Cell } from './sheet.js';

const hashes = new RequestHashes(Buffer.alloc(32, 1));
const cells = (...texts: readonly string[]): Cell[] => texts.map((text) => ({ text, isNumber: false }));
const TITLES = ['Номер карты', 'Вид карты', 'Тариф', 'Сумма', 'Количество', 'Телефон', 'Ключ'];

function readLines(...lines: readonly (readonly Cell[])[]): readonly OrderRow[] {
  const sheet = [cells(...TITLES), ...lines].map((row, at) => ({ line: at + 1, cells: row }));
  return readOrderRows(sheet, (line) => `file-x-${line}`, { hashes, check: () => [] }).rows;
}
const faultsOf = (line: readonly Cell[]) => readLines(line)[0]?.faults.map(({ field, reason }) => [field, reason]);

describe('a line of a file', () => {
  it('is a ticket for an own card, read as people write it, under the key of the file and its line', () => {
    const [row] = readLines(cells('00 000 00001', '', '2671 Единый, 30 дней', '1 500,50', '', '8 (916) 123-45-67'));
    expect(row?.faults).toEqual([]);
    expect(row?.entry?.fields.idempotencyKey).toBe('file-x-2');
    expect(row?.entry?.order).toEqual({
      orderData: [
        { type: 'owncard', cardNumber: '0000000001', tariffId: 2671, currencyId: 'RUB', amount: 1500.5, quantity: 1 },
      ],
      phone: '+79161234567',
    });
  });

  it('is a ticket on new cards without a card number, and has its own key if it names one', () => {
    const [row] = readLines(cells('', '3', '2671', '', '2', '+79161234567', 'my-1'));
    expect(row?.entry?.order.orderData).toEqual([
      { type: 'newcard', cardTypeId: 3, tariffId: 2671, currencyId: 'RUB', quantity: 2 },
    ]);
    expect(row?.entry?.fields.idempotencyKey).toBe('my-1');
  });

  it.each([
    ['a card number with letters', cells('12a', '', '2671', '', '', '79161234567'), [['cardNumber', 'form']]],
    ['no card at all', cells('', '', '2671', '', '', '79161234567'), [['cardTypeId', 'missing']]],
    ['two cards', cells('1', '3', '2671', '', '', '79161234567'), [['cardTypeId', 'both-cards']]],
    ['a tariff in words', cells('1', '', 'Единый', '', '', '79161234567'), [['tariffId', 'form']]],
    [
      'no tariff and no phone',
      cells('1'),
      [
        ['tariffId', 'missing'],
        ['phone', 'missing'],
      ],
    ],
    ['half a phone', cells('1', '', '2671', '', '', '916 123'), [['phone', 'form']]],
    ['three decimals', cells('1', '', '2671', '1,005', '', '79161234567'), [['amount', 'form']]],
    ['a key in Cyrillic', cells('1', '', '2671', '', '', '79161234567', 'ключ'), [['idempotencyKey', 'form']]],
    ['more cells than titles', cells('1', '', '2671', '', '', '79161234567', '', 'x'), [['', 'line']]],
  ])('with %s has its faults in their cells, and makes no order', (_what, line, faults) => {
    expect(faultsOf(line)).toEqual(faults);
    expect(readLines(line)[0]?.entry).toBeUndefined();
  });

  it('with a card number that a spreadsheet keeps as a number may have lost its zeros', () => {
    const line = (text: string) => [{ text, isNumber: true }, ...cells('', '2671', '', '', '79161234567')];
    expect(faultsOf(line('12345'))).toEqual([['cardNumber', 'zeros-lost']]);
    expect(faultsOf(line('1234567890'))).toEqual([]);
  });

  it('does not share its key with another one', () => {
    const line = cells('1', '', '2671', '', '', '79161234567', 'same');
    expect(readLines(line, line).map(({ faults }) => faults.map(({ reason }) => reason))).toEqual([[], ['key-twice']]);
  });
});

describe('the first line of a file', () => {
  const read = (...titles: readonly string[]) =>
    readOrderRows(
      [
        { line: 1, cells: cells(...titles) },
        { line: 2, cells: cells('1') },
      ],
      String,
      { hashes, check: () => [] },
    );

  it('names the columns in any order, in Russian, in English or as the API does, and others are reported', () => {
    const { columns, unknownColumns } = read('phone', 'Tariff', 'НОМЕР КАРТЫ', 'Отдел');
    expect([columns, unknownColumns]).toEqual([['cardNumber', 'tariffId', 'phone'], ['Отдел']]);
  });

  it('that lacks what every order needs is refused', () => {
    for (const titles of [['Тариф', 'Телефон'], ['Номер карты,Тариф,Телефон'], ['Номер карты', 'Телефон']]) {
      expect(() => read(...titles)).toThrow('The first line must name the columns');
    }
  });
});
