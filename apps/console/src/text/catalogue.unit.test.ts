import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EN, type TextKey } from './catalogue/en.js';
import { RU } from './catalogue/ru.js';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const KEYS = Object.keys(EN) as TextKey[];

describe('the texts of the console', () => {
  it('are the same in both languages, with the same values in them', () => {
    expect(Object.keys(RU)).toEqual(KEYS);
    const valuesOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([value]) => value).sort();
    for (const key of KEYS) expect([key, valuesOf(RU[key])]).toEqual([key, valuesOf(EN[key])]);
  });

  it('are all shown somewhere', () => {
    const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('catalogue'))
      .map((file) => readFileSync(SOURCES + file, 'utf8'))
      .join('\n');
    // A key that is made of a word of the gateway: its beginning stands in the code.
    const made = [...code.matchAll(/t\(`([\w.-]+\.)\$\{/g), ...code.matchAll(/tWord\('([\w.-]+)'/g)].map(
      ([, prefix = '']) => prefix.replace(/\.?$/, '.'),
    );
    const badges = [...code.matchAll(/<Badge of="([\w.]+)"/g)].map(([, prefix = '']) => `${prefix}.`);
    const isShown = (key: string): boolean =>
      code.includes(`'${key}'`) || [...made, ...badges].some((prefix) => key.startsWith(prefix));
    expect(KEYS.filter((key) => !isShown(key))).toEqual([]);
  });
});
