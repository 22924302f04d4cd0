import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerFaultAsProblem } from '../problem.js';
import { PROBLEM_CATALOGUE } from './catalogue.js';

const SOURCES = fileURLToPath(new URL('../../', import.meta.url));

/** What the whole code calls `problem` with. */
const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(SOURCES, file), 'utf8'))
  .join('\n');

describe('the catalogue of problems', () => {
  it('is where every problem gets its type: none is written by hand, and none is about:blank', () => {
    expect(code).not.toContain('about:blank');
    const { body } = answerFaultAsProblem('not-found');
    expect(JSON.parse(body)).toMatchObject({ type: '/problems/no-such-call', status: 404 });
  });

  it.each(Object.keys(PROBLEM_CATALOGUE))('has only kinds that some call answers: %s', (name) => {
    const made = name.endsWith('-not-found')
      ? `problem\\(\\s*[\`'](?:${name}|\\$\\{what\\}-not-found)[\`']`
      : undefined;
    expect(code).toMatch(new RegExp(made ?? `(?:problem\\(|\\?|:)\\s*'${name}'`));
  });

  it.each(Object.entries(PROBLEM_CATALOGUE))(
    'says of %s in whole sentences what it means and what to do',
    (_, kind) => {
      expect([kind.meaning, kind.whatToDo]).toEqual([
        expect.stringMatching(/^\S.+\.$/),
        expect.stringMatching(/^\S.+\.$/),
      ]);
      expect(kind.title).toMatch(/^\S.*[^.]$/);
    },
  );
});
