import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { OrdersPriority } from '../../config/config.js';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import type { ClaimRequest } from './claim.js';
import { findDueOrders } from './due-orders.js';
import { FairClaims } from './fair-claims.js';
import { Ledger } from './ledger.js';
import { jobIdOf, type SendJob } from './send-job.js';

const LEASE_MS = 60_000;

describe('which due order a job of the queue sends', () => {
  let database: TestDatabase;
  let ledger: Ledger;
  /** As the queue has them. */
  let jobs: SendJob[];
  beforeAll(async () => {
    database = await openTestDatabase();
    ledger = new Ledger(database.pool, LEASE_MS);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.pool.query('truncate orders cascade');
    jobs = [];
  });

  async function accept(apiKeyName: string, count: number, isBatch: boolean): Promise<string[]> {
    const body = '{"phone":"+71044826548","orderData":[]}';
    const common = {
      apiKeyName,
      requestHash: Buffer.from('h'),
      reference: null,
      body,
      callbackUrl: null,
      metadata: null,
    };
    const accepting = Array.from({ length: count }, () =>
      ledger.accept({ ...common, idempotencyKey: randomUUID(), phones: [], isBatch }),
    );
    const ids = (await Promise.all(accepting)).flatMap((given) => (given.kind === 'accepted' ? [given.order.id] : []));
    jobs.push(...ids.map((orderId) => ({ orderId, generation: 0 })));
    return ids;
  }
  const process = (priority: OrdersPriority = 'single-first') => new FairClaims(database.pool, priority);
  const requestOf = (job: SendJob): ClaimRequest => ({ ...job, claimId: randomUUID(), isProbe: false });
  /** Claims for the next jobs of the queue. @returns the orders that are sent */
  async function send(by: FairClaims, count: number): Promise<string[]> {
    const outcomes = await by.claim(jobs.splice(0, count).map(requestOf), LEASE_MS);
    return outcomes.flatMap((outcome) => (outcome.kind === 'claimed' ? [outcome.claim.orderId] : []));
  }
  async function sendAll(by: readonly FairClaims[], count: number): Promise<string[]> {
    const sent: string[] = [];
    while (jobs.length > 0) sent.push(...(await Promise.all(by.map((each) => send(each, count)))).flat());
    return sent;
  }

  it('is another producer’s single order with the next send, though a batch came before it', async () => {
    await accept('shop', 300, true);
    const [single = ''] = await accept('office', 1, false);
    expect(await send(process(), 4)).toContain(single);
  });

  it('is a single order before the batch of the same producer, and as they came by setting', async () => {
    await accept('shop', 20, true);
    const [single = ''] = await accept('shop', 1, false);
    expect(await send(process('fifo'), 4)).not.toContain(single);
    expect(await send(process(), 1)).toEqual([single]);
  });

  it('is as often that of one producer as of another', async () => {
    const shop = new Set(await accept('shop', 60, true));
    const office = new Set(await accept('office', 60, true));
    const sent = await send(process(), 40);
    expect(sent.filter((id) => shop.has(id))).toHaveLength(20);
    expect(sent.filter((id) => office.has(id))).toHaveLength(20);
  });

  it('sends every order once with the jobs that there are, from several processes and after a change of the setting', async () => {
    const ids = [
      ...(await accept('shop', 100, true)),
      ...(await accept('office', 40, true)),
      ...(await accept('kiosk', 30, false)),
    ];
    const workers = [process(), process()];
    const sent = (await Promise.all(workers.map((each) => send(each, 30)))).flat();
    sent.push(...(await sendAll([...workers, process('fifo')], 7)));
    expect(sent.sort()).toEqual(ids.sort());
  });

  it('keeps one job for each order that waits, which is what the sweeper asks the queue for', async () => {
    await accept('shop', 30, true);
    await accept('office', 5, false);
    await send(process(), 8);
    const due = await findDueOrders(database.pool, { graceMs: -1_000, after: undefined, limit: 100 });
    expect(due.map(({ jobId }) => jobId).sort()).toEqual(jobs.map(jobIdOf).sort());
  });

  /** A pool whose next commit is made and its answer lost. */
  function losingAnAnswer(): typeof database.pool {
    const losing = Object.create(database.pool, {
      query: { value: database.pool.query.bind(database.pool) },
    }) as typeof database.pool;
    Object.defineProperty(losing, 'connect', {
      configurable: true,
      value: async () => {
        const client = await database.pool.connect();
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        Object.defineProperty(client, 'query', {
          configurable: true,
          value: async (...args: unknown[]) => {
            const result = await query(...args);
            if (args[0] !== 'commit') return result;
            delete (client as Partial<typeof client>).query;
            delete (losing as Partial<typeof losing>).connect;
            throw Object.assign(new Error('the connection ended'), { code: '08006' });
          },
        });
        return client;
      },
    });
    return losing;
  }

  it('gives the same order to the one who asks again because the answer was lost', async () => {
    await accept('shop', 5, true);
    const [single] = await accept('office', 1, false);
    const request = requestOf(jobs[0] as SendJob);
    const by = new FairClaims(losingAnAnswer(), 'single-first');
    await expect(by.claim([request], LEASE_MS)).rejects.toThrow('the connection ended');
    expect(await by.claim([request], LEASE_MS)).toMatchObject([
      { kind: 'claimed', claim: { orderId: single, attempt: 1 } },
    ]);
    const { rows } = await database.pool.query(`select count(*)::int as n from orders where status = 'sending'`);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('is free for other processes again, not unknown, when the answer was lost and sending has stopped meanwhile', async () => {
    await accept('shop', 5, true);
    const [single] = await accept('office', 1, false);
    const request = requestOf(jobs[0] as SendJob);
    const by = new FairClaims(losingAnAnswer(), 'single-first');
    await expect(by.claim([request], LEASE_MS)).rejects.toThrow('the connection ended');
    await database.pool.query(`update sending_guard set state = 'stopped', reason = 'by-hand'`);
    expect(await by.claim([request], LEASE_MS)).toEqual([{ kind: 'stopped' }]);
    await database.pool.query(`update sending_guard set state = 'open', reason = null`);
    const { rows } = await database.pool.query(
      `select o.id, o.status, o.attempts, o.free_attempts as free, e.cause, a.outcome
         from orders o join order_attempts a on a.order_id = o.id
         join lateral (select cause from order_events where order_id = o.id order by id desc limit 1) e on true`,
    );
    expect(rows).toEqual([
      { id: single, status: 'retrying', attempts: 1, free: 1, cause: 'claim-lost', outcome: 'not-sent' },
    ]);
    const next = requestOf({ orderId: single as string, generation: 1 });
    expect(await process('fifo').claim([next], LEASE_MS)).toMatchObject([
      { kind: 'claimed', claim: { orderId: single, attempt: 2, freeAttempts: 1 } },
    ]);
  });
});
