import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../../testing/database.js';
import { reconcile } from './reconcile.js';
import type { ReconcileReport } from './reconcile-report.js';
import { openJournalFolder, type JournalFolder } from './testing/journals.js';
import { insertOrder, look, operatorEvents } from './testing/ledger.js';
import { begun, ended, LEDGER } from './testing/lines.js';

const NOTHING: ReconcileReport = {
  journals: 1,
  compared: 1,
  missing: 0,
  settled: 0,
  strangers: 0,
  lastAttemptAt: new Date('2026-03-01T10:00:00.000Z'),
  ledgerIsBehind: false,
  faults: [],
  notices: [],
};
const logger = pino({ level: 'silent' });

let database: TestDatabase;
let folder: JournalFolder;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = await openJournalFolder();
  await database.pool.query('delete from troika_order_ids');
});
afterEach(() => folder.remove());

const run = (own?: string): Promise<ReconcileReport> =>
  reconcile({ pool: database.pool, directory: folder.directory, copy: undefined, ledgerId: LEDGER, own, logger });

describe('an attempt that the ledger does not know, because it was set back', () => {
  it('and that was paid, makes its order confirmed with the id and the amount', async () => {
    const attempt = begun({ orderId: await insertOrder(database) });
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toEqual({ ...NOTHING, missing: 1 });
    expect(await look(database, attempt.orderId)).toEqual({
      status: 'confirmed',
      attempts: 1,
      troikaOrderId: '228422',
      totalAmount: '2800',
      outcomes: ['1 answered'],
      causes: ['confirmed: ledger-restored'],
    });
  });

  it('and that was refused, makes its order rejected', async () => {
    const attempt = begun({ orderId: await insertOrder(database) });
    await folder.write([
      attempt,
      ended(attempt, {
        status: 'rejected',
        cause: 'answered-other',
        resultCode: 17,
        troikaOrderId: null,
        totalAmount: null,
      }),
    ]);
    expect(await run()).toEqual({ ...NOTHING, missing: 1 });
    expect(await look(database, attempt.orderId)).toMatchObject({
      status: 'rejected',
      causes: ['rejected: ledger-restored'],
    });
  });

  it('and of which the journal has the beginning only, makes its order unknown', async () => {
    const attempt = begun({ orderId: await insertOrder(database) });
    await folder.write([attempt]);
    expect(await run()).toEqual({ ...NOTHING, missing: 1 });
    expect(await look(database, attempt.orderId)).toMatchObject({
      status: 'unknown',
      attempts: 1,
      outcomes: ['1 unknown'],
      causes: ['unknown: ledger-restored'],
    });
  });

  it('and that surely did not reach the partner, leaves its order to be sent, with the next number', async () => {
    const attempt = begun({ orderId: await insertOrder(database) });
    const notSent = { outcome: 'not-sent', status: 'retrying', cause: 'not-sent', resultCode: null } as const;
    await folder.write([
      attempt,
      ended(attempt, { ...notSent, reason: 'refused', troikaOrderId: null, totalAmount: null }),
    ]);
    expect(await run()).toEqual({ ...NOTHING, missing: 1 });
    expect(await look(database, attempt.orderId)).toMatchObject({
      status: 'retrying',
      attempts: 1,
      outcomes: ['1 not-sent'],
    });
  });

  it.each([
    ['retrying', 1],
    ['unknown', 1],
    ['failed', 1],
    ['rejected', 1],
    ['sending', 1],
  ])('moves an order on that the ledger has as %s', async (status, attempts) => {
    const outcome = status === 'sending' ? null : 'unknown';
    const orderId = await insertOrder(database, { status, attempts, outcome });
    const attempt = begun({ orderId, attempt: 2 });
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toEqual({ ...NOTHING, missing: 1 });
    expect(await look(database, orderId)).toMatchObject({ status: 'confirmed', attempts: 2, troikaOrderId: '228422' });
  });

  it.each(['confirmed', 'cancelled'])(
    'of an order that is %s here, alarms a person when it was paid',
    async (status) => {
      const orderId = await insertOrder(database, { status });
      const attempt = begun({ orderId });
      await folder.write([attempt, ended(attempt)]);
      expect(await run()).toEqual({ ...NOTHING, missing: 1 });
      expect(await look(database, orderId)).toMatchObject({ status, outcomes: ['1 answered'] });
      const alarms = await operatorEvents(database, 'order.executed-twice-possibly');
      expect(alarms.at(-1)).toMatchObject({ severity: 'critical', details: { orderId, troikaOrderId: '228422' } });
    },
  );

  it('comes with all attempts of its order, one after the other', async () => {
    const orderId = await insertOrder(database);
    const notSent = { outcome: 'not-sent', status: 'retrying', cause: 'not-sent', resultCode: null } as const;
    const [one, two, three] = [1, 2, 3].map((attempt) => begun({ orderId, attempt })) as [
      ReturnType<typeof begun>,
      ReturnType<typeof begun>,
      ReturnType<typeof begun>,
    ];
    const none = { troikaOrderId: null, totalAmount: null };
    await folder.write([
      one,
      ended(one, { ...notSent, ...none }),
      two,
      ended(two, { ...notSent, ...none }),
      three,
      ended(three),
    ]);
    expect(await run()).toEqual({ ...NOTHING, compared: 3, missing: 3 });
    expect(await look(database, orderId)).toMatchObject({
      status: 'confirmed',
      attempts: 3,
      outcomes: ['1 not-sent', '2 not-sent', '3 answered'],
    });
  });
});

describe('an attempt that the ledger knows', () => {
  it('and whose answer it lacks, is settled with the answer, also when its lease has run out', async () => {
    const held = begun({ orderId: await insertOrder(database, { status: 'sending', attempts: 1, lease: '1 minute' }) });
    const lost = begun({
      orderId: await insertOrder(database, { status: 'unknown', attempts: 1, outcome: 'unknown' }),
    });
    await folder.write([held, lost, ended(held), ended(lost, { troikaOrderId: '228423' })]);
    expect(await run()).toEqual({ ...NOTHING, compared: 2, settled: 2 });
    expect(await look(database, held.orderId)).toMatchObject({
      status: 'confirmed',
      troikaOrderId: '228422',
      causes: ['confirmed: answered-0'],
    });
    expect(await look(database, lost.orderId)).toMatchObject({ status: 'confirmed', troikaOrderId: '228423' });
  });

  it('does not change when the journal has no more', async () => {
    const held = begun({ orderId: await insertOrder(database, { status: 'sending', attempts: 1, lease: '1 minute' }) });
    const lost = begun({
      orderId: await insertOrder(database, { status: 'unknown', attempts: 1, outcome: 'unknown' }),
    });
    const none = { outcome: 'unknown', status: 'unknown', cause: 'no-valid-answer', resultCode: null } as const;
    await folder.write([held, lost, ended(lost, { ...none, troikaOrderId: null, totalAmount: null })]);
    expect(await run()).toEqual({ ...NOTHING, compared: 2 });
    expect(await look(database, held.orderId)).toMatchObject({ status: 'sending' });
    expect(await look(database, lost.orderId)).toMatchObject({ status: 'unknown', causes: [] });
  });

  it('is settled although its process is alive: it may have settled it already, in a ledger that is lost since', async () => {
    const held = begun({ orderId: await insertOrder(database, { status: 'sending', attempts: 1, lease: '1 minute' }) });
    const { journal } = await folder.write([held, ended(held)]);
    expect(await run(journal)).toMatchObject({ missing: 0, settled: 1, strangers: 0 });
    expect(await look(database, held.orderId)).toMatchObject({ status: 'confirmed' });
  });

  it('is settled with its end when its process has given a sign of life and may have ended since', async () => {
    const held = begun({ orderId: await insertOrder(database, { status: 'sending', attempts: 1, lease: '1 minute' }) });
    const sent = begun({ orderId: await insertOrder(database, { status: 'sending', attempts: 1, lease: '1 minute' }) });
    const notSent = { outcome: 'not-sent', status: 'retrying', cause: 'not-sent', resultCode: null } as const;
    const { journal } = await folder.write([
      held,
      ended(held),
      sent,
      ended(sent, { ...notSent, troikaOrderId: null, totalAmount: null }),
    ]);
    await database.pool.query('insert into send_journals (journal, host) values ($1, $2)', [
      journal,
      'another-machine',
    ]);
    expect(await run()).toEqual({ ...NOTHING, compared: 2, settled: 2 });
    expect(await look(database, held.orderId)).toMatchObject({ status: 'confirmed' });
    expect(await look(database, sent.orderId)).toMatchObject({ status: 'retrying' });
  });

  it('with another order of the partner, was bought twice: it is reported once', async () => {
    const orderId = await insertOrder(database, { status: 'confirmed', attempts: 1, outcome: 'answered' });
    await database.pool.query(`update orders set troika_order_id = '1' where id = $1`, [orderId]);
    const attempt = begun({ orderId });
    await folder.write([attempt, ended(attempt)]);
    await run();
    await folder.write([attempt, ended(attempt)]);
    await run();
    const alarms = await operatorEvents(database, 'order.executed-twice-possibly');
    expect(alarms.filter(({ details }) => details['orderId'] === orderId)).toHaveLength(1);
  });
});

describe('an order that the ledger does not have', () => {
  it('becomes an operator event with everything that is known, once', async () => {
    const attempt = begun({ idempotencyKey: 'order-17' });
    await folder.write([attempt, ended(attempt)]);
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toEqual({ ...NOTHING, journals: 2, compared: 2, strangers: 1 });
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toMatchObject({ strangers: 1 });
    const events = await operatorEvents(database, 'order.not-in-ledger');
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      severity: 'critical',
      details: {
        orderId: attempt.orderId,
        producer: 'shop',
        idempotencyKey: 'order-17',
        troikaOrderId: '228422',
        totalAmount: '2800',
      },
    });
    expect(events[0]?.message).toContain('order 228422 for 2800');
  });

  it('is counted again until a person resumes sending, and not after that', async () => {
    const attempt = begun();
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toMatchObject({ strangers: 1 });
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toMatchObject({ strangers: 1 });
    await database.pool.query('update sending_guard set identity_since = clock_timestamp()');
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toMatchObject({ compared: 1, strangers: 0 });
    const later = begun();
    await folder.write([attempt, ended(attempt), later]);
    expect(await run()).toMatchObject({ compared: 2, strangers: 1 });
  });

  it('because a person has purged it, is reported only when it was paid', async () => {
    const [refused, paid] = [begun(), begun()];
    await database.pool.query(`insert into audit (who, action, details) values ('ops', 'orders.purge', $1)`, [
      JSON.stringify({ orders: [refused.orderId, paid.orderId] }),
    ]);
    const none = { troikaOrderId: null, totalAmount: null };
    await folder.write([
      refused,
      ended(refused, { status: 'rejected', cause: 'answered-other', resultCode: 17, ...none }),
      paid,
      ended(paid),
    ]);
    expect(await run()).toMatchObject({ compared: 2, strangers: 1 });
    const events = await operatorEvents(database, 'order.not-in-ledger');
    expect(events.filter(({ details }) => details['orderId'] === refused.orderId)).toEqual([]);
  });
});

describe('comparing', () => {
  it('looks at nothing twice while the ledger stays, and at all of it again once the ledger was set back', async () => {
    const attempt = begun({ orderId: await insertOrder(database) });
    await folder.write([attempt, ended(attempt)]);
    expect(await run()).toMatchObject({ compared: 1, missing: 1 });
    expect(await run()).toMatchObject({ compared: 0, lastAttemptAt: NOTHING.lastAttemptAt });
    // Like a restore: the order is as before, and the journal's mark is gone.
    await database.pool.query('delete from send_journals');
    await database.pool.query('delete from order_attempts where order_id = $1', [attempt.orderId]);
    await database.pool.query('delete from orders where id = $1', [attempt.orderId]);
    expect(await run()).toMatchObject({ compared: 1, strangers: 1 });
  });

  it('in two processes at once writes every attempt once', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 40 }, async () => begun({ orderId: await insertOrder(database) })),
    );
    await folder.write(
      attempts.flatMap((attempt, id) => [attempt, ended(attempt, { troikaOrderId: String(1_000 + id) })]),
    );
    const reports = await Promise.all([run(), run(), run()]);
    expect(reports.reduce((sum, { missing }) => sum + missing, 0)).toBe(40);
    for (const { orderId } of attempts) {
      expect(await look(database, orderId)).toMatchObject({
        status: 'confirmed',
        causes: ['confirmed: ledger-restored'],
        outcomes: ['1 answered'],
      });
    }
  });

  it('passes the report to the decision before another comparison could find nothing', async () => {
    const attempt = begun({ orderId: await insertOrder(database) });
    const { journal } = await folder.write([attempt]);
    const seen: unknown[] = [];
    await reconcile({
      pool: database.pool,
      directory: folder.directory,
      copy: undefined,
      ledgerId: LEDGER,
      own: undefined,
      logger,
      decide: async ({ missing }) => {
        const { rowCount } = await database.pool.query('select from send_journals where journal = $1', [journal]);
        seen.push({ missing, marks: rowCount });
      },
    });
    expect(seen).toEqual([{ missing: 1, marks: 0 }]);
  });

  it('finds nothing without a folder', async () => {
    await folder.remove();
    expect(await run()).toMatchObject({ journals: 0, compared: 0, faults: [] });
  });
});

describe('a ledger that is behind the position in a journal', () => {
  const beat = { kind: 'ledger', ledgerId: LEDGER, at: '2026-03-01T10:00:00.000Z' } as const;
  const nowhere = { systemId: null, timeline: null, lsn: null };

  it('by a beat that it does not remember, is behind', async () => {
    await folder.write([{ ...beat, beat: 3, ...nowhere }]);
    expect(await run()).toMatchObject({ ledgerIsBehind: true });
  });

  it('by a beat that was lost before a person took the ledger for the true one, is not behind any more', async () => {
    const lost = { ...beat, beat: 3, ...nowhere };
    await folder.write([{ ...lost, identitySince: '2026-03-01T09:00:00.000000Z' }]);
    await database.pool.query(`update sending_guard set identity_since = '2026-03-01T09:00:00Z'`);
    expect(await run()).toMatchObject({ ledgerIsBehind: true });
    await database.pool.query(`delete from send_journals`);
    await database.pool.query(`update sending_guard set identity_since = '2026-03-01T09:00:00.000001Z'`);
    expect(await run()).toMatchObject({ ledgerIsBehind: false });
  });

  it('by its position in the write-ahead log, is behind only on the same timeline of the same cluster', async () => {
    const { rows } = await database.pool.query<{ id: string; timeline: number }>(
      `select system_identifier::text as id,
              ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline from pg_control_system()`,
    );
    const { id: systemId, timeline } = rows[0] as { id: string; timeline: number };
    const journal = randomUUID();
    await database.pool.query('insert into send_journals (journal, beat) values ($1, 9)', [journal]);
    const lsn = 'FFFFFF/0';
    for (const [seen, isBehind] of [
      [{ systemId, timeline, lsn: '0/1' }, false],
      [{ systemId, timeline: timeline + 1, lsn }, false],
      [{ systemId: '1', timeline, lsn }, false],
      [{ systemId, timeline, lsn }, true],
    ] as const) {
      await folder.remove();
      folder = await openJournalFolder();
      await database.pool.query('update send_journals set seq = 0, segment = 0, bytes = 0 where journal = $1', [
        journal,
      ]);
      await folder.write([{ ...beat, beat: 2, ...seen }], { journal });
      expect({ seen, ...(await run()) }).toMatchObject({ seen, ledgerIsBehind: isBehind });
    }
  });
});
