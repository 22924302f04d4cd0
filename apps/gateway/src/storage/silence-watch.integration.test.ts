import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { startSwallowingProxy, type SwallowingProxy } from '../testing/swallowing-proxy.js';
import { createPool } from './pool.js';

let database: TestDatabase;
let proxy: SwallowingProxy;
let pool: pg.Pool;
let messages: string[];

beforeEach(async () => {
  database = await openTestDatabase({ migrated: false });
  proxy = await startSwallowingProxy(database.url);
  messages = [];
  pool = createPool({ url: proxy.url, size: 4, onIdleError: ({ message }) => messages.push(message) });
});

afterEach(async () => {
  await pool.end();
  await proxy.close();
  await database.close();
});

/** Opens every connection of the pool. */
async function fillPool(): Promise<void> {
  const clients = await Promise.all(Array.from({ length: 4 }, () => pool.connect()));
  for (const client of clients) client.release();
}

test('statements on silent connections fail, and the pool has connections that answer again', async () => {
  await fillPool();
  proxy.swallow();
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => pool.query('select 1')));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect(messages).toContain('a database connection fell silent and was given up');
});

test('one silent connection takes the idle ones with it, so that not each of them costs a wait', async () => {
  await fillPool();
  proxy.swallow();
  await expect(pool.query('select 1')).rejects.toThrow('silent');
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => pool.query('select 1 as one')));
  expect(outcomes.map(({ rows }) => rows)).toEqual(Array.from({ length: 4 }, () => [{ one: 1 }]));
});

test('a transaction on a silent connection fails and gives its connection up', async () => {
  const client = await pool.connect();
  await client.query('begin');
  proxy.swallow();
  await expect(client.query('select 1')).rejects.toThrow('silent');
  await expect(client.query('rollback')).rejects.toThrow();
  client.release();
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('a statement that takes long is left alone while the server is at it', async () => {
  const { rows } = await pool.query("select 'done' as outcome from pg_sleep(7)");
  expect(rows).toEqual([{ outcome: 'done' }]);
  expect(messages).toEqual([]);
});

test('a connection that only listens is found silent too', async () => {
  const client = await pool.connect();
  await client.query('listen something');
  client.on('notification', () => undefined);
  const broken = once(client, 'error');
  client.on('error', () => undefined);
  proxy.swallow();
  expect(String((await broken)[0])).toContain('silent');
  client.release(true);
});
