import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { variableNames } from './config/environment/environment.js';
import { DELIVERY_STATES, ENDPOINT_STATES } from './orders/callbacks/outbox/delivery-records.js';
import { PUBLIC_EVENTS } from './orders/public-events.js';
import { ORDER_STATUSES } from './orders/order-status.js';
import { TICKET_STATUSES } from './orders/ticket.js';

const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const GLOSSARY = fileURLToPath(new URL('../../../docs/glossary.md', import.meta.url));

/** The cells of every row that explains a term. */
const ROWS = readFileSync(GLOSSARY, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|\s*(term|-+)\s*\|/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const NAMES = new Set(ROWS.flatMap(([, , , names = '']) => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name)));

/** The source files of the gateway, without tests. */
const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing/'))
  .map((name) => readFileSync(join(SOURCE, name), 'utf8'));

const missing = (names: Iterable<string>): string[] => [...new Set(names)].filter((name) => !NAMES.has(name));
const found = (texts: readonly string[], pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));

describe('docs/glossary.md', () => {
  it('explains each term once, in four cells, in English and in Russian', () => {
    const terms = ROWS.map(([term]) => term);
    expect(ROWS.length).toBeGreaterThan(80);
    expect(ROWS.filter((cells) => cells.length !== 4 || cells.includes(''))).toEqual([]);
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
  });

  it('explains every status of orders, tickets, callbacks and endpoints', () => {
    expect(missing([...ORDER_STATUSES, ...TICKET_STATUSES, ...DELIVERY_STATES, ...ENDPOINT_STATES])).toEqual([]);
  });

  it('explains every event for producers', () => {
    expect(missing(PUBLIC_EVENTS)).toEqual([]);
  });

  it('explains every metric, and names none that does not exist', () => {
    const metrics = found(FILES, /['"`](vestibule_[a-z_]+)['"`]/g);
    expect(metrics.length).toBeGreaterThan(15);
    expect(missing(metrics)).toEqual([]);
    expect([...NAMES].filter((name) => name?.startsWith('vestibule_') && !metrics.includes(name))).toEqual([]);
  });

  it('explains every kind of operator event', () => {
    // As data (`kind: …, severity: …`) and in statements (`select …, 'warning'`).
    const kinds = found(FILES, /'([a-z-]+\.[a-z-]+)',\s*(?:severity\b|'(?:info|warning|critical)')/g);
    expect(kinds).toEqual(expect.arrayContaining(['fund.low', 'callback.disabled', 'order.executed-twice-possibly']));
    expect(missing(kinds)).toEqual([]);
  });

  it('explains every setting, by its name or its beginning', () => {
    const families = [...NAMES].filter((name) => name?.endsWith('*')).map((name) => name!.slice(0, -1));
    const unexplained = variableNames().filter((name) => !NAMES.has(name) && !families.some((f) => name.startsWith(f)));
    expect(unexplained).toEqual([]);
  });
});
