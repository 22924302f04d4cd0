import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Sandbox } from '@vestibule/sandbox';
import { postOrder, untilStatus, type OrderView } from '../../harness/api.js';
import { startGateway, type GatewayProcess } from '../../harness/gateway-process.js';
import { readyOf, untilCondition, untilWell } from '../../harness/health.js';
import { requirePrograms } from '../../harness/postgres/programs.js';
import { createServer, type PostgresServer } from '../../harness/postgres/server.js';
import { openSandbox } from '../../harness/sandbox.js';
import { until } from '../../harness/until.js';

/** From this cost on, PostgreSQL compiles a statement (the default of jit_above_cost). */
const JIT_ABOVE_COST = 100_000;

let sandbox: Sandbox;
let server: PostgresServer;
let gateway: GatewayProcess | undefined;

beforeEach(async () => {
  sandbox = await openSandbox();
  server = await createServer(requirePrograms());
  await server.query('create database v');
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await server.remove();
  await sandbox.close();
});

async function start(): Promise<GatewayProcess> {
  gateway = await startGateway({
    DATABASE_URL: server.url('v'),
    TROIKA_URL: sandbox.url,
    TROIKA_RATE_PER_SECOND: '1000',
    TROIKA_TRACK_SCHEDULE_SECS: '1,1,600',
  });
  return gateway;
}

const place = async (at: GatewayProcess): Promise<OrderView> => (await (await postOrder(at)).json()) as OrderView;

it('a server that may lose commits is reported to probes and to operators', async () => {
  await server.query('alter system set fsync = off');
  await server.query('alter system set full_page_writes = off');
  await server.query('select pg_reload_conf()');
  const running = await start();
  expect(await untilCondition(running, 'database.fsync-off')).toContain('Set fsync = on');
  expect(await untilCondition(running, 'database.full-page-writes-off')).toContain('full_page_writes = on');
  expect((await readyOf(running)).status).toBe('degraded');
  const kinds = await until('operators can read of both', async () => {
    const events = await server.query<{ kind: string }>(
      `select kind from operator_events where severity = 'critical' and kind like 'database.%' order by kind`,
      'v',
    );
    return events.length === 2 ? events.map(({ kind }) => kind) : undefined;
  });
  expect(kinds).toEqual(['database.fsync-off', 'database.full-page-writes-off']);
  await server.query('alter system reset all');
  await server.query('select pg_reload_conf()');
  await untilWell(running);
});

/** The statements that the server has planned, each with its cost, as auto_explain writes them down. */
async function plans(): Promise<{ query: string; cost: number }[]> {
  const folder = join(server.folder, 'log');
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/plan:\n((?:\t.*\n)+)/g)].map(([, plan = '']) => {
      const explained = JSON.parse(plan) as { 'Query Text': string; Plan: { 'Total Cost': number } };
      return { query: explained['Query Text'], cost: explained.Plan['Total Cost'] };
    }),
  );
}

it('no statement of an order is expensive enough for jit, on a server with the defaults of jit', async () => {
  for (const setting of [
    'logging_collector = on',
    `log_directory = 'log'`,
    `log_line_prefix = ''`,
    `session_preload_libraries = 'auto_explain'`,
  ])
    await server.query(`alter system set ${setting}`);
  await server.kill();
  await server.start();
  for (const setting of ['min_duration = 0', `format = 'json'`, 'nested_statements = on'])
    await server.query(`load 'auto_explain'; alter database v set auto_explain.log_${setting}`);
  expect(await server.query('show jit', 'v')).toEqual([{ jit: 'on' }]);
  const running = await start();
  const orders = await Promise.all(Array.from({ length: 30 }, () => place(running)));
  await Promise.all(orders.map(({ id }) => untilStatus(running, id, 'confirmed')));
  const seen = await plans();
  const text = seen.map(({ query }) => query).join('\n');
  // It has seen accepting, queueing, claiming and settling.
  for (const part of ['insert into orders', 'move_to_active', 'as "claimId"', 'ended_at', 'partner_pace'])
    expect(text).toContain(part);
  expect(seen.filter(({ cost }) => cost >= JIT_ABOVE_COST)).toEqual([]);
});
