import { beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ask, auditOf, eventsOf, read, statusOf } from '../harness/admin.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { queueChoices } from '../harness/queues.js';
import { executedOrders } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const COMMAND = fileURLToPath(new URL('../../../apps/gateway/dist/ledger.js', import.meta.url));

interface SendingView {
  readonly state: string;
  readonly reason: string | null;
  readonly by: string | null;
  readonly why: string | null;
  readonly resumed?: boolean;
  readonly madeUnknown?: number;
  readonly identity: { differs: string[]; notChecked: string[] };
  readonly ordersInDoubt: { count: number } | null;
  readonly workers: { isAlive: boolean; hasCompared: boolean; isClean: boolean }[];
}

describe.each(queueChoices())('the brake of sending, with the queue on $queue', (queue) => {
  const { gateway, database, sandbox } = withGateway({ queue, sandbox: true });
  beforeEach(async () => {
    await ask(gateway, '/sending/resume', { why: 'the next test begins' });
  });

  const view = async (): Promise<SendingView> => (await read<SendingView>(gateway, '/sending')).body;
  const post = async (): Promise<string> => ((await (await postOrder(gateway)).json()) as OrderView).id;
  const health = async (): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${gateway.internalUrl}/admin/health/ready`);
    return { status: response.status, body: await response.json() };
  };
  const metric = async (): Promise<string> => {
    const headers = { authorization: 'Bearer test-admin-key' };
    const text = await (await fetch(`${gateway.internalUrl}/admin/metrics`, { headers })).text();
    return /^vestibule_sending_stopped (\d)$/m.exec(text)?.[1] ?? 'absent';
  };
  /** The command of the night, with nothing but the address of the database. */
  const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const { PATH = '', HOME = '' } = process.env;
      const child = execFile(
        process.execPath,
        [COMMAND, ...args],
        { env: { PATH, HOME, DATABASE_URL: database.url } },
        (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
      );
    });

  it('is open, with a worker that has compared its journal, on a ledger that is where it was', async () => {
    const found = await until('the worker has compared', async () => {
      const seen = await view();
      return seen.workers.some(({ hasCompared }) => hasCompared) ? seen : undefined;
    });
    expect(found).toMatchObject({
      state: 'open',
      reason: null,
      identity: { differs: [], notChecked: [] },
      ordersInDoubt: null,
      workers: [{ isAlive: true, hasCompared: true, isClean: true }],
    });
    expect(await metric()).toBe('0');
  });

  it('accepts orders and sends none while it is stopped by hand, and reports that', async () => {
    const stopped = await ask<SendingView>(gateway, '/sending/stop', { why: 'maintenance at the partner' });
    expect(stopped).toMatchObject({ status: 200, body: { state: 'stopped', reason: 'by-hand', by: 'ops' } });
    const order = await post();
    expect(await view()).toMatchObject({ state: 'stopped', ordersInDoubt: { count: 1 } });
    expect(await health()).toMatchObject({
      status: 200,
      body: { status: 'ok', sending: { state: 'stopped', reason: 'by-hand', since: expect.any(String) } },
    });
    expect(await metric()).toBe('1');
    await until('the worker has seen it', () =>
      Promise.resolve(gateway.log.some(({ msg }) => msg.startsWith('sending is stopped')) ? true : undefined),
    );
    expect(await statusOf(database, order)).toBe('accepted');
    const again = await ask<SendingView>(gateway, '/sending/stop', { why: 'once more' });
    expect(again.body).toMatchObject({ state: 'stopped', why: 'maintenance at the partner' });
    const resumed = await ask<SendingView>(gateway, '/sending/resume', { why: 'the partner is back' });
    expect(resumed).toMatchObject({ status: 200, body: { state: 'open', resumed: true, madeUnknown: 0 } });
    await untilStatus(gateway, order, 'confirmed');
    const [resume, stop] = await auditOf(gateway);
    expect(stop).toMatchObject({ who: 'ops', action: 'sending.stop', why: 'maintenance at the partner' });
    expect(resume).toMatchObject({ who: 'ops', action: 'sending.resume', why: 'the partner is back' });
  });

  it('makes orders that may have been sent unknown instead of sending them, and sends later ones', async () => {
    const executed = (await executedOrders(sandbox)).length;
    await ask(gateway, '/sending/stop', { why: 'a backup is being restored' });
    const early = await post();
    const { rows } = await database.pool.query<{ at: string }>('select clock_timestamp() as at');
    const sentUntil = new Date(rows[0]?.at ?? '').toISOString();
    await until('time has gone on', async () => {
      const { rows: later } = await database.pool.query(
        'select where clock_timestamp() > $1::timestamptz + $2::interval',
        [sentUntil, '10 milliseconds'],
      );
      return later.length > 0 ? true : undefined;
    });
    const late = await post();
    const resumed = await ask<SendingView>(gateway, '/sending/resume', { why: 'the log says so', sentUntil });
    expect(resumed.body).toMatchObject({ state: 'open', resumed: true, madeUnknown: 1 });
    await untilStatus(gateway, late, 'confirmed');
    expect(await statusOf(database, early)).toBe('unknown');
    expect(await eventsOf(database, early)).toEqual(['accepted: accepted', 'unknown: ledger-restored']);
    expect(await executedOrders(sandbox)).toHaveLength(executed + 1);
    const repeated = await ask<SendingView>(gateway, '/sending/resume', { why: 'the log says so', sentUntil });
    expect(repeated.body).toMatchObject({ state: 'open', resumed: false, madeUnknown: 0 });
  });

  it('refuses a decision without a reason, with an unknown field, or with an invalid moment', async () => {
    for (const [path, body] of [
      ['/sending/stop', {}],
      ['/sending/stop', { why: '' }],
      ['/sending/stop', { why: 'anna@example.com asked for it' }],
      ['/sending/resume', { why: 'x', sentUntil: 'yesterday' }],
      ['/sending/resume', { why: 'x', sentUntill: '2026-05-01T00:00:00Z' }],
      ['/sending/resume', { why: 'x', sentUntil: '2999-05-01T00:00:00Z' }],
    ] as const) {
      expect((await ask(gateway, path, body)).status).toBe(422);
    }
    expect(await view()).toMatchObject({ state: 'open' });
  });

  it('does the same by the command, whose exit code is the result', async () => {
    expect(await run('status')).toMatchObject({ code: 0, out: expect.stringContaining('open') });
    expect(await run('stop', '--why', 'by night')).toMatchObject({ code: 0, out: expect.stringContaining('stopped') });
    expect(await run('status')).toMatchObject({ code: 1, out: expect.stringContaining('by night') });
    expect(await view()).toMatchObject({ state: 'stopped', by: expect.stringMatching(/^command:./) });
    expect(await run('resume', '--why', 'it is day')).toMatchObject({
      code: 0,
      out: expect.stringContaining('continues'),
    });
    expect(await view()).toMatchObject({ state: 'open' });
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('usage:') });
    const misused = [['resume'], ['stop', '--why', ''], ['resume', '--why', 'x', '--sent-until', 'now'], ['go'], []];
    for (const ended of await Promise.all(misused.map((words) => run(...words)))) {
      expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('usage:') });
    }
    expect(await run('journal', '/no/such/file')).toMatchObject({
      code: 1,
      out: expect.stringContaining('cannot be read'),
    });
  });
});
