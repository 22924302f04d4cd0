import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

describe('the documents', () => {
  it('link to, cite and name only what exists', () => {
    const output = execFileSync(process.execPath, [`${ROOT}/scripts/check-documents.mjs`], { encoding: 'utf8' });
    expect(output).toBe('');
  });

  it('lead a newcomer through the files of one search and one order', () => {
    const page = readFileSync(`${ROOT}/docs/contributing/first-day.md`, 'utf8');
    const files = [...page.matchAll(/`((?:apps|libs)\/[\w./-]+\.ts)`/g)].map(([, name]) => name);
    expect(files.length).toBeGreaterThan(25);
  });
});
