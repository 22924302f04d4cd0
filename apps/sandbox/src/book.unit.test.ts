import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Book, type ExecutedOrder, firstOrderIdAt, ticketIdOf } from './book.js';
import { openBookFile } from './book-file.js';
import type { Refusal } from './refusals.js';

const DAY_MS = 24 * 60 * 60 * 1000;

function orderOf(lines: number): Omit<ExecutedOrder, 'orderId'> {
  return {
    receivedAt: 0,
    rawBody: '{}',
    lineKopecks: Array.from({ length: lines }, () => 100),
    fault: 'none',
    tickets: Array.from({ length: lines }, () => 'pending' as const),
  };
}

function placed(result: ExecutedOrder | Refusal): ExecutedOrder {
  if ('resultCode' in result) throw new Error(result.resultMessage);
  return result;
}

describe('order and ticket ids', () => {
  it('begin after every id that an earlier process can have given at 10,000 orders a second', () => {
    const start = Date.UTC(2026, 0, 1);
    expect(firstOrderIdAt(new Date(start + 1_000))).toBe(firstOrderIdAt(new Date(start)) + 10_000);
  });

  it('stay exact numbers for decades, also with three digits for the line', () => {
    const inTwentyYears = firstOrderIdAt(new Date(Date.UTC(2026, 0, 1) + 20 * 365 * DAY_MS));
    expect(Number.isSafeInteger(inTwentyYears * 1_000 + 999)).toBe(true);
  });

  it('lead from each ticket back to its order and line', () => {
    const book = new Book(firstOrderIdAt(new Date(Date.UTC(2026, 0, 1))), 1_000_000);
    const [first, second] = [placed(book.execute(orderOf(1_000))), placed(book.execute(orderOf(2)))];
    expect(book.ticket(ticketIdOf(first, 999))).toEqual({ order: first, line: 999 });
    expect(book.ticket(ticketIdOf(second, 1))).toEqual({ order: second, line: 1 });
    expect(book.ticket(ticketIdOf(second, 2))).toBeUndefined();
    expect(book.ticket(ticketIdOf(second, 1_000))).toBeUndefined();
  });
});

describe('a book that is kept in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'book-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const open = (): Book => new Book(1, 1_000, openBookFile(folder));
  const stateOf = (book: Book): object => ({ orders: [...book.executed()], left: book.fundLeftKopecks });

  it('has its orders, their tickets and what is left of the fund after a restart, and gives no id again', () => {
    const book = open();
    const order = placed(book.execute(orderOf(3)));
    book.write(order, 0);
    book.payBack(order, 1);
    book.setFundLeft(book.fundLeftKopecks + 50);
    const again = open();
    expect(stateOf(again)).toEqual(stateOf(book));
    expect(stateOf(again)).toMatchObject({ orders: [{ tickets: ['written', 'payback', 'pending'] }], left: 850 });
    expect(placed(again.execute(orderOf(1))).orderId).toBe(order.orderId + 1);
  });

  it('passes over a line that a killed process has not finished', () => {
    const before = stateOf(open());
    appendFileSync(join(folder, 'orders.jsonl'), '{"order":{"orde');
    expect(stateOf(open())).toEqual(before);
    expect(stateOf(open())).toEqual(before);
  });

  it('is empty after it was cleared', () => {
    open().clear();
    expect(stateOf(open())).toEqual({ orders: [], left: 1_000 });
  });
});

describe('the guarantee fund', () => {
  it('can be spent to the last kopeck and not beyond', () => {
    const book = new Book(1, 300);
    placed(book.execute(orderOf(2)));
    expect(book.execute(orderOf(2))).toMatchObject({ resultCode: 601 });
    placed(book.execute(orderOf(1)));
    expect(book.fundLeftKopecks).toBe(0);
  });
});
