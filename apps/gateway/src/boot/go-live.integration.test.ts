import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { until } from '../testing/until.js';
import type { GoLive } from '../admin/go-live/go-live-answers.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

describe('the check before going live', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  beforeAll(async () => {
    database = await openTestDatabase();
    const env = { KOSHELEK_CREDENTIALS: 'wallet:test-wallet-password', ADMIN_API_KEYS: 'ops:test-admin-key' };
    gateway = await startTestGateway(database, { ROLES: 'loyalty,admin', PUBLIC_BASE_PATH: '/loyalty', ...env });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  async function ask<T>(path: string, body?: object): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${gateway.internalUrl}/admin${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: 'Bearer test-admin-key', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  it('says what is open, what is met and what no gateway can see, before any run', async () => {
    const { body } = await ask<GoLive>('/go-live');
    expect(body).toMatchObject({
      address: `${gateway.publicUrl}/loyalty`,
      addressFrom: 'listener',
      canRun: true,
      run: null,
    });
    expect(Object.fromEntries(body.items.map(({ id, state }) => [id, state]))).toEqual({
      address: 'open',
      tls: 'open',
      production: 'open',
      secrets: 'open',
      members: 'open',
      conformance: 'open',
      events: 'met',
      alerts: 'open',
      backups: 'unseen',
    });
    expect(body.items.filter(({ state, whatToDo }) => (state === 'met') !== (whatToDo === null))).toEqual([]);
  });

  it('lets no caller name the address', async () => {
    expect((await ask('/go-live/runs', { address: 'http://127.0.0.1:1' })).status).toBe(422);
    expect((await ask('/go-live/runs', { url: 'http://127.0.0.1:1' })).status).toBe(422);
  });

  it('runs once at a time, shows each check while it runs, and erases the holders that it has invented', async () => {
    const { pool } = database;
    await pool.query(`insert into members (msisdn, created_at) values ('70001112233', now() - interval '1 day')`);
    expect((await ask('/go-live/runs', {})).status).toBe(202);
    expect((await ask('/go-live/runs', {})).status).toBe(409);
    const run = await until('the run has ended', async () => {
      const { body } = await ask<GoLive>('/go-live');
      return body.run?.finishedAt == null ? undefined : body.run;
    });
    expect(run).toMatchObject({ conforms: true, failure: null, done: run.total, startedBy: 'ops' });
    expect(run.checks.filter(({ outcome }) => ['waiting', 'failed', 'not-possible'].includes(outcome))).toEqual([]);
    expect(run.checks.filter(({ sentence }) => sentence.en === sentence.ru)).toEqual([]);
    // An own test member with such a phone is no invention.
    const { rows } = await pool.query(`select msisdn from members where msisdn like '7000%'`);
    expect(rows).toEqual([{ msisdn: '70001112233' }]);
    const { rows: audit } = await pool.query<{ action: string }>('select who, action from audit order by id');
    expect(audit).toEqual([
      { who: 'ops', action: 'golive.begin' },
      { who: 'ops', action: 'golive.end' },
    ]);
  });

  it('takes a run whose process has ended for ended, and makes another', async () => {
    const { pool } = database;
    await pool.query(`update go_live_runs set finished_at = null, seen_at = now() - interval '2 minutes'`);
    expect((await ask<GoLive>('/go-live')).body.run).toMatchObject({ failure: 'interrupted', conforms: null });
    expect((await ask('/go-live/runs', {})).status).toBe(202);
  });

  it('shows what an erasure would take and leave, with the numbers of the erasure itself, and takes nothing', async () => {
    const { pool } = database;
    await pool.query(
      `with member as (insert into members (msisdn, first_name, surname) values ('79161234567', 'Анна', 'Ким') returning id)
       insert into cards (number, member_id, state, barcode, barcode_type)
       select '0000777', id, 'active', '0000777', 'CODE_128' from member`,
    );
    await pool.query(
      `insert into purchases (card_number, bought_at, item, amount, external_id)
       values ('0000777', now(), 'Хлеб', 100, 'e-1')`,
    );
    const preview = await ask<{ goes: Record<string, number> }>('/erasures/preview', { phone: '+7 916 123-45-67' });
    expect(preview.body).toMatchObject({
      cards: ['0000777'],
      holder: 'Анна К.',
      goes: { members: 1, cards: 1, purchases: 1 },
      stays: { cards: 1, purchases: 1 },
    });
    const { rows } = await pool.query(`select item from purchases where card_number = '0000777'`);
    expect(rows).toEqual([{ item: 'Хлеб' }]);
    const erasure = await ask<{ where: Record<string, number> }>('/erasures', {
      phone: '79161234567',
      why: 'request 17',
    });
    expect(erasure.body.where).toEqual({ orders: 0, ...preview.body.goes });
    const { rows: looks } = await pool.query<{ details: object }>(
      `select who, why, details from audit where action = 'person.preview'`,
    );
    expect(looks).toEqual([{ who: 'ops', why: null, details: expect.objectContaining({ cards: 1, orders: 0 }) }]);
    expect(JSON.stringify(looks)).not.toContain('9161234567');
  });
});
