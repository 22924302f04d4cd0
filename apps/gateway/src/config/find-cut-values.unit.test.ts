import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { expect, it } from '@jest/globals';
import { findCutValues } from './find-cut-values.js';

const EXAMPLE = fileURLToPath(new URL('../../../../.env.example', import.meta.url));

it.each([
  ['KOSHELEK_CREDENTIALS=wallet:p#ss', 'wallet:p'],
  ['TROIKA_BASIC_PASSWORD=#secret', ''],
  ['export TROIKA_BASIC_PASSWORD = se#cret', 'se'],
  ['TROIKA_SIGNATURE_KEY=key with #1 in it', 'key with'],
  ['ANYTHING_ELSE=http://host/#part', 'http://host/'],
])('finds that Node reads less of %s than stands there', (line, read) => {
  const [name = ''] = findCutValues(`# comment\n${line}\nLOG_LEVEL=info\n`);
  expect(parseEnv(line)[name]).toBe(read);
});

it('leaves comments and quoted values alone', () => {
  const lines = [
    '# KOSHELEK_CREDENTIALS=wallet:p#ss',
    'ROLES=worker # only sends',
    'TROIKA_BASIC_PASSWORD="p#ss" # the one of May',
    "KOSHELEK_CREDENTIALS='wallet:#1'",
    'TROIKA_SIGNATURE_KEY="-----BEGIN\nA=b#c\n-----END"',
    'REDIS_URL=',
    'DATABASE_URL= # none',
  ];
  expect(findCutValues(lines.join('\n'))).toEqual([]);
  expect(findCutValues(readFileSync(EXAMPLE, 'utf8'))).toEqual([]);
});
