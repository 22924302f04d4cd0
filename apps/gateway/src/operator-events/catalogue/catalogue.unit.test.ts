import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindOf, OPERATOR_EVENTS, runbookAnchorOf } from './catalogue.js';
import type { Kind } from './kind.js';

const SOURCE = fileURLToPath(new URL('../..', import.meta.url));
const RUNBOOKS = ['runbook.md', 'runbook.ru.md'].map((name) =>
  readFileSync(new URL(`../../../../../docs/operations/${name}`, import.meta.url), 'utf8'),
);
const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/testing\/|catalogue\//.test(name))
  .map((name) => readFileSync(join(SOURCE, name), 'utf8'));
const found = (pattern: RegExp): string[][] =>
  FILES.flatMap((text) => [...text.matchAll(pattern)].map(([, ...groups]) => groups));

const ENTRIES: readonly (readonly [string, Kind])[] = Object.entries(OPERATOR_EVENTS);

describe('the catalogue of operator events', () => {
  // What TypeScript writes has the type OperatorEventKind: a kind that is not in the catalogue does not compile.
  it('has every kind that a statement writes, with its severity', () => {
    const written = found(/'([a-z-]+\.[a-z-]+)',\s*'(info|warning|critical)'/g);
    expect(written.map(([kind]) => kind)).toEqual(
      expect.arrayContaining(['sending.paused', 'sending.stopped', 'order.same-id', 'fund.floor-reached']),
    );
    const strangers = written.filter(
      ([kind = '', severity]) => !kindOf(kind)?.severities.some((one) => one === severity),
    );
    expect(strangers).toEqual([]);
  });

  it('has every kind that the code writes, closes or looks for', () => {
    const named = found(/kind(?:: | = )'([a-z-]{2,}\.[a-z-]+)'/g).map(([kind = '']) => kind);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((kind) => kindOf(kind) === undefined)).toEqual([]);
  });

  it('says everything in English and in Russian', () => {
    for (const [, { symptom, meaning, whatToDo }] of ENTRIES) {
      for (const { en, ru } of [symptom, meaning, whatToDo]) {
        expect(en).toMatch(/^\p{Lu}.*[.)]$/u);
        expect(ru).toMatch(/^\p{Lu}.*[а-яё].*[.)]$/u);
      }
    }
  });
});

describe('the runbook', () => {
  it('has one entry for each kind, in English and in Russian, where the link of an alert leads', () => {
    for (const text of RUNBOOKS) {
      const [, generated = ''] = text.split('<!-- Generated');
      const headings = [...generated.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
      expect(headings).toEqual(ENTRIES.map(([kind]) => kind));
      // A Git host leaves out of a heading what is neither a letter, a digit nor a hyphen.
      for (const heading of headings) expect(runbookAnchorOf(heading)).toBe(heading.replaceAll(/[^a-z-]/g, ''));
    }
  });
});
