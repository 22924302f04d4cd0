import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createLogger } from '../../../core/logger.js';
import { listOperatorEvents, type OperatorEventRecord } from '../../../operator-events/operator-events.js';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { acceptOrder } from '../../../testing/orders.js';
import { resendUnknown } from '../../ledger/due-orders.js';
import { Ledger } from '../../ledger/ledger.js';
import { describeSending } from './describe-sending.js';
import { SendingGate } from './gate.js';
import { LedgerGuard, type ComparableJournal } from './guard.js';
import type { ReconcileReport } from '../journal/reconcile-report.js';
import { resumeSending } from './resume-sending.js';
import { stopSendingByHand } from './stop-sending.js';

const PERSON = { who: 'night-shift', why: 'the backup of 03:00 was restored' };
const CLEAN: ReconcileReport = {
  journals: 1,
  compared: 3,
  missing: 0,
  settled: 0,
  strangers: 0,
  lastAttemptAt: new Date('2026-05-01T00:00:00Z'),
  ledgerIsBehind: false,
  faults: [],
  notices: [],
};

/** A worker process as far as the guard sees it. */
interface TestWorker {
  readonly gate: SendingGate;
  readonly guard: LedgerGuard;
  readonly ledger: Ledger;
  report: ReconcileReport;
}

describe('the guard of the ledger', () => {
  let database: TestDatabase;
  const workers: TestWorker[] = [];
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query('delete from sending_workers');
    await database.pool.query('delete from operator_events');
    await database.pool.query(`update sending_guard set identity = ledger_facts(), state = 'open', reason = null,
      message = null, findings = '{}', may_continue = false, decided_by = null, why = null`);
  });
  afterEach(async () => {
    for (const { guard } of workers.splice(0)) await guard.stop();
  });

  function openWorker(journalId: string | null = randomUUID(), pool = database.pool): TestWorker {
    const gate = new SendingGate();
    const worker = { gate, ledger: new Ledger(pool, 60_000, () => gate.permittedRun()), report: CLEAN };
    const journal: ComparableJournal | undefined =
      journalId === null
        ? undefined
        : {
            id: journalId,
            reconcile: async (decide) => {
              await decide(opened.report);
              return opened.report;
            },
          };
    const opened: TestWorker = Object.assign(worker, {
      guard: new LedgerGuard({ pool, gate, journal }, createLogger('silent')),
    });
    workers.push(opened);
    return opened;
  }
  const claim = async ({ ledger }: TestWorker, orderId?: string): Promise<string> => {
    const id = orderId ?? (await acceptOrder(ledger));
    return (await ledger.claim({ orderId: id, generation: 0, claimId: randomUUID(), isProbe: false })).kind;
  };
  /** The ledger after a promotion: it has recorded another timeline than PostgreSQL's. */
  const promote = async (): Promise<void> => {
    await database.pool.query(`update sending_guard set identity = jsonb_set(identity, '{timeline}', '"0"')`);
    await database.pool.query(
      `update sending_workers set checked_facts = jsonb_set(checked_facts, '{timeline}', '"0"')`,
    );
  };
  const restore = () =>
    database.pool.query(`update sending_guard set identity = jsonb_set(identity, '{tables}', '"1 2 3"')`);
  const events = (): Promise<OperatorEventRecord[]> =>
    listOperatorEvents(database.pool, { before: '9223372036854775807', kind: undefined, limit: 50 });

  it('lets a worker send only after it has checked the ledger', async () => {
    const worker = openWorker();
    expect(await claim(worker)).toBe('stopped');
    await worker.guard.look();
    expect(worker.gate.isOpen).toBe(true);
    expect(await claim(worker)).toBe('claimed');
    expect(await events()).toEqual([]);
  });

  it('lets nothing be claimed on a run of the server that was not checked', async () => {
    const worker = openWorker();
    await worker.guard.look();
    worker.gate.admit('1234567890.5');
    expect(await claim(worker)).toBe('stopped');
    worker.gate.admit('');
    await worker.guard.look();
    expect(await claim(worker)).toBe('stopped');
  });

  it('gives no claim the moment the facts differ, before any worker has looked, while orders are accepted', async () => {
    const worker = openWorker();
    await worker.guard.look();
    await restore();
    expect(await claim(worker)).toBe('stopped');
    expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', reason: 'ledger-restored' });
  });

  it('reports a restored ledger once, however many workers detect it, and waits for a person', async () => {
    const [one, two] = [openWorker(), openWorker()];
    await one.guard.look();
    await two.guard.look();
    await restore();
    const other = openWorker();
    for (const worker of [other, other, one, two, one, two]) await worker.guard.look();
    expect(await events()).toMatchObject([{ kind: 'ledger.restored', severity: 'critical' }]);
    const report = await describeSending(database.pool);
    expect(report).toMatchObject({ state: 'stopped', continuesByItself: false, identity: { differs: ['tables'] } });
    expect(await claim(one)).toBe('stopped');
  });

  it('notices a database that is a copy of another', async () => {
    const worker = openWorker();
    await worker.guard.look();
    await worker.guard.stop();
    workers.splice(0);
    const copy = `copy_${randomUUID().slice(0, 8)}`;
    const name = new URL(database.url).pathname.slice(1);
    const admin = new pg.Client({ connectionString: database.url.replace(/\/[^/]*$/, '/postgres') });
    await admin.connect();
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await admin.query(`create database ${copy} template ${name}`);
    const pool = new pg.Pool({ connectionString: database.url.replace(/\/[^/]*$/, `/${copy}`), max: 4 });
    pool.on('error', () => undefined);
    try {
      const started = openWorker(randomUUID(), pool);
      await started.guard.look();
      expect(await claim(started)).toBe('stopped');
      const report = await describeSending(pool);
      expect(report).toMatchObject({
        state: 'stopped',
        reason: 'ledger-restored',
        identity: { differs: ['databaseOid'] },
      });
      await started.guard.stop();
      workers.splice(0);
    } finally {
      await pool.end();
      await admin.query(`drop database ${copy} with (force)`);
      await admin.end();
    }
  });

  describe('after a promotion', () => {
    it('resumes automatically once every worker that was alive has compared its journal', async () => {
      const [one, two] = [openWorker(), openWorker()];
      for (const { guard } of [one, two, one, two]) await guard.look();
      await promote();
      await recheck(one);
      expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', continuesByItself: true });
      expect(await claim(one)).toBe('stopped');
      await recheck(two);
      await two.guard.look();
      expect(await describeSending(database.pool)).toMatchObject({ state: 'open', reason: null });
      expect(await claim(one)).toBe('claimed');
      expect((await events()).map(({ kind }) => kind)).toEqual(['sending.resumed', 'ledger.promoted']);
    });

    it('waits for a person when a worker that was alive does not come back', async () => {
      const [one, two] = [openWorker(), openWorker()];
      for (const { guard } of [one, two, one, two]) await guard.look();
      await promote();
      await recheck(one);
      await one.guard.look();
      await one.guard.look();
      expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', continuesByItself: true });
    });

    it('continues when the process of a worker is another one, on the same journal', async () => {
      const journalId = randomUUID();
      const old = openWorker(journalId);
      await old.guard.look();
      await promote();
      const successor = openWorker(journalId);
      await successor.guard.look();
      await successor.guard.look();
      expect(await describeSending(database.pool)).toMatchObject({ state: 'open' });
    });

    it('waits for a person where no process knew the ledger before: it may be a copy', async () => {
      await promote();
      const journalId = randomUUID();
      for (let start = 0; start < 2; start += 1) {
        const worker = openWorker(journalId);
        await worker.guard.look();
        await worker.guard.look();
        await worker.guard.stop();
      }
      expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped' });
    });

    it('waits for a person when a worker has no journal', async () => {
      const [worker] = [openWorker(null)];
      await worker.guard.look();
      await promote();
      await recheck(worker);
      await worker.guard.look();
      expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped' });
    });

    it('waits for a person, and reports it, when a second worker finds missing attempts', async () => {
      const [one, two] = [openWorker(), openWorker()];
      for (const { guard } of [one, two, one, two]) await guard.look();
      await promote();
      await recheck(one);
      two.report = { ...CLEAN, missing: 2 };
      await recheck(two);
      for (const { guard } of [one, two]) await guard.look();
      expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', continuesByItself: false });
      expect((await events()).map(({ kind }) => kind)).toEqual(['ledger.behind', 'ledger.promoted']);
    });
  });

  it('stops when the journal knows more than a ledger whose facts are the same', async () => {
    const worker = openWorker();
    worker.report = { ...CLEAN, missing: 1 };
    await worker.guard.look();
    expect(await claim(worker)).toBe('stopped');
    expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', reason: 'ledger-behind' });
  });

  it('stops when the ledger has lost a sign of life that it had confirmed', async () => {
    const worker = openWorker();
    for (let round = 0; round < 3; round += 1) await worker.guard.look();
    await database.pool.query('update sending_workers set beats = beats - 1');
    await recheck(worker);
    expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', reason: 'ledger-behind' });
  });

  it('does not stop again for signs of life lost before a person decided, when a worker comes back later', async () => {
    const [one, two] = [openWorker(), openWorker()];
    for (const { guard } of [one, two, one, two]) await guard.look();
    await database.pool.query('update sending_workers set beats = beats - 1');
    await recheck(one);
    expect(await resumeSending(database.pool, { sentUntil: undefined }, PERSON)).toMatchObject({ kind: 'resumed' });
    await recheck(two);
    expect(await describeSending(database.pool)).toMatchObject({ state: 'open' });
    await database.pool.query('update sending_workers set beats = beats - 1');
    await recheck(two);
    expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', reason: 'ledger-behind' });
  });

  it('stops when the ledger has lost a worker that another one saw', async () => {
    const [one, two] = [openWorker(), openWorker()];
    for (const { guard } of [one, two, one]) await guard.look();
    await database.pool.query(
      'delete from sending_workers where id <> (select id from sending_workers where beats > 0)',
    );
    await recheck(one);
    expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped', reason: 'ledger-behind' });
    void two;
  });

  it('lets a person continue: waiting orders until a moment become unknown, later ones are sent', async () => {
    const worker = openWorker();
    await worker.guard.look();
    const early = await acceptOrder(worker.ledger);
    const { rows } = await database.pool.query<{ at: string }>(
      `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
    );
    const late = await acceptOrder(worker.ledger);
    await restore();
    await recheck(worker);
    const sentUntil = rows[0]?.at ?? '';
    expect(await resumeSending(database.pool, { sentUntil }, PERSON)).toEqual({
      kind: 'resumed',
      madeUnknown: expect.any(Number),
    });
    expect((await worker.ledger.find(early))?.status).toBe('unknown');
    expect(await claim(worker, early)).toBe('nothing');
    // No rule sends again what a person has called doubtful.
    expect(await resendUnknown(database.pool, { afterSecs: -1, mostAttempts: 5 })).toEqual([]);
    expect(await claim(worker, late)).toBe('claimed');
    const history = await database.pool.query('select cause from order_events where order_id = $1 order by id', [
      early,
    ]);
    expect(history.rows).toEqual([{ cause: 'accepted' }, { cause: 'ledger-restored' }]);
    const audit = await database.pool.query(
      `select who, why, details from audit where action = 'sending.resume' order by id desc`,
    );
    expect(audit.rows[0]).toMatchObject({ who: PERSON.who, why: PERSON.why, details: { reason: 'ledger-restored' } });
    expect(await resumeSending(database.pool, { sentUntil }, PERSON)).toEqual({ kind: 'was-open' });
    await worker.guard.look();
    expect(await describeSending(database.pool)).toMatchObject({ state: 'open', identity: { differs: [] } });
  });

  it('gives no claim to a job that comes long before its order is due, as one that a wrong clock has started', async () => {
    const worker = openWorker();
    await worker.guard.look();
    const id = await acceptOrder(worker.ledger);
    await database.pool.query(`update orders set due_at = now() + interval '10 minutes' where id = $1`, [id]);
    expect(await claim(worker, id)).toBe('nothing');
    await database.pool.query('update orders set due_at = now() where id = $1', [id]);
    expect(await claim(worker, id)).toBe('claimed');
  });

  it('refuses to continue by a moment that is still to come', async () => {
    await stopSendingByHand(database.pool, PERSON);
    const sentUntil = '2999-01-01T00:00:00Z';
    expect(await resumeSending(database.pool, { sentUntil }, PERSON)).toEqual({ kind: 'not-yet' });
    expect(await describeSending(database.pool)).toMatchObject({ state: 'stopped' });
  });

  it('stops by hand once, with one entry of the audit, and then never resumes automatically', async () => {
    const worker = openWorker();
    await worker.guard.look();
    const person = { who: 'day-shift', why: `a test of the brake ${randomUUID()}` };
    expect(await stopSendingByHand(database.pool, person)).toBe(true);
    expect(await stopSendingByHand(database.pool, person)).toBe(false);
    expect(await claim(worker)).toBe('stopped');
    await promote();
    await recheck(worker);
    await worker.guard.look();
    expect(await describeSending(database.pool)).toMatchObject({
      state: 'stopped',
      continuesByItself: false,
      by: person.who,
    });
    const { rowCount } = await database.pool.query(`select from audit where action = 'sending.stop' and why = $1`, [
      person.why,
    ]);
    expect(rowCount).toBe(1);
  });

  it('says what waits and what it would cost by the catalogue', async () => {
    await database.pool.query(`insert into dictionaries (name, entries, fetched_at, refresh_secs) values
      ('tariffs', '[{"id":"7","priceMin":"100.50"}]', now(), 60), ('card-types', '[{"id":"3","price":"80"}]', now(), 60)`);
    await database.pool.query(`delete from orders`);
    const ledger = new Ledger(database.pool, 60_000);
    await acceptOrder(ledger, { body: '{"orderData":[{"tariffId":7,"quantity":2},{"tariffId":9,"amount":50}]}' });
    await acceptOrder(ledger, { body: '{"orderData":[{"tariffId":7,"cardTypeId":3}]}' });
    await acceptOrder(ledger, { body: '{"orderData":[{"tariffId":8}]}' });
    await stopSendingByHand(database.pool, PERSON);
    const { ordersInDoubt } = await describeSending(database.pool);
    expect(ordersInDoubt).toMatchObject({ count: 3, roubles: '431.50', withoutPrice: 1 });
  });

  /** What a lost connection leads to: the worker compares again. */
  async function recheck({ guard }: TestWorker): Promise<void> {
    guard.noteLostConnection();
    await guard.look();
  }
});
