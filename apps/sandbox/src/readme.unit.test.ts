import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CHECKS } from '@vestibule/koshelek-kit';
import { OPTION_NAMES } from './koshelek/arguments.js';
import { TARIFFS } from './dictionary.js';
import { FAULTS } from './faults/modes.js';
import { REFUSALS } from './refusals.js';

/** The cells of every table row of the README. */
const ROWS = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

const README_NAMES_IN_ITS_COMMAND = new Set(['--login', '--password', '--help']);

const rowsStartingWith = (pattern: RegExp): string[][] => ROWS.filter(([, first]) => pattern.test(first ?? ''));

describe('the README', () => {
  it('lists every refusal with its HTTP status, and no other', () => {
    const listed = rowsStartingWith(/^\d{3}$/).map(([, code, status]) => [Number(code), Number(status)]);
    expect(listed).toEqual(Object.values(REFUSALS).map(({ resultCode, httpStatus }) => [resultCode, httpStatus]));
  });

  it('says of every fault whether it executes', () => {
    for (const [mode, { executes }] of Object.entries(FAULTS)) {
      expect(rowsStartingWith(new RegExp(`^\`${mode}\`$`)).map(([, , executed]) => executed)).toEqual([
        executes ? 'yes' : 'no',
      ]);
    }
  });

  it('lists every tariff by its name', () => {
    const listed = rowsStartingWith(/^\d{4}$/).map(([, id, name]) => [Number(id), name]);
    expect(listed).toEqual([...TARIFFS.values()].map(({ id, name }) => [id, name]));
  });

  it('lists every check of the conformance kit with its certainty, method and sentence, and no other', () => {
    const listed = rowsStartingWith(/^`[a-z-]+\.[a-z0-9-]+`$/).map((cells) => cells.slice(1, 5));
    expect(listed).toEqual(
      CHECKS.map(({ id, certainty, method, sentence }) => [`\`${id}\``, certainty, String(method ?? ''), sentence]),
    );
  });

  it('names every option of the conformance kit', () => {
    const named = rowsStartingWith(/^`--/).flatMap(([, options = '']) => options.match(/--[a-z-]+/g));
    expect(named).toEqual(
      expect.arrayContaining(OPTION_NAMES.filter((name) => !README_NAMES_IN_ITS_COMMAND.has(name))),
    );
  });
});
