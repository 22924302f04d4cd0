import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { findEmbeddedPostgres } from './running-postgres.js';

const START_LIMIT_MS = 120_000;

describe('findEmbeddedPostgres', () => {
  let folder: string;
  let dataDir: string;
  let server: EmbeddedPostgres | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-find-'));
    // Under root, PostgreSQL is another user, who has to reach the folder.
    await chmod(folder, 0o755);
    dataDir = join(folder, 'data');
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }, START_LIMIT_MS);

  it('finds no database in a folder that is not there, and does not create the folder', async () => {
    expect(await findEmbeddedPostgres(dataDir)).toEqual({ kind: 'none' });
    expect(existsSync(dataDir)).toBe(false);
  });

  it(
    'finds the port and the password of a running server, and knows when it has stopped',
    async () => {
      server = await startEmbeddedPostgres(dataDir);
      const found = await findEmbeddedPostgres(dataDir);
      if (found.kind !== 'running') throw new Error(`found ${found.kind}`);
      const client = new pg.Client({
        host: '127.0.0.1',
        port: found.port,
        user: 'postgres',
        password: found.password,
        database: 'vestibule',
      });
      await client.connect();
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await client.end();
      await server.stop();
      expect(await findEmbeddedPostgres(dataDir)).toEqual({ kind: 'stopped' });
    },
    START_LIMIT_MS,
  );
});
