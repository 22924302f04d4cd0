import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '../core/logger.js';
import { openPostgresBackend } from '../queue/postgres-backend.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { namedStatements, statement, type Statement } from './statement.js';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing/'))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }));

describe('the named statements of the gateway', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    const clock = { now: () => Date.now(), skewMs: () => 0 };
    await openPostgresBackend(database.url, database.pool, clock, createLogger('silent')).prepare();
    for (const { name, text } of FILES) if (/\bstatement\(/.test(text)) await import(join(SOURCE, name));
  });
  afterAll(() => database.close());

  /** What PostgreSQL says against a statement; nothing when it can be prepared. */
  async function faultsOf({ name, text }: Statement): Promise<string[]> {
    try {
      await database.pool.query(`prepare "${name}" as ${text}`);
      return [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  }

  it('can all be prepared against the schema', async () => {
    const statements = namedStatements();
    expect(statements.length).toBeGreaterThan(130);
    expect((await Promise.all(statements.map(faultsOf))).flat()).toEqual([]);
    const misspelt = statement('misspelt')`select id from orders where staus = $1`;
    expect(await faultsOf(misspelt)).toEqual(['misspelt: column "staus" does not exist']);
  });

  it('get their names in one way, so that none is left out', () => {
    const named = /[{,]\s*name(?::[^,;{}]*)?,\s*text\b|[{,]\s*text(?::[^;{}]*)?,\s*name\b/;
    expect(FILES.filter(({ text }) => named.test(text)).map(({ name }) => name)).toEqual(['storage/statement.ts']);
  });

  it('have one text for each name', () => {
    expect(() => statement('find-order')`select`).toThrow('Two statements are named find-order.');
  });
});
