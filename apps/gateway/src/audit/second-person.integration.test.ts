import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { agreeOnDecision, type Proposal } from './second-person.js';

describe('a decision that needs two persons', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  const about = (orderId: string, wanted = 'resend'): Proposal => ({
    action: 'order.resolve',
    subject: { orderId },
    wanted,
  });
  const agree = (who: string, proposal: Proposal) => agreeOnDecision(database.pool, proposal, { who, why: 'said so' });

  it('is made when another one makes the same, not by one who makes it twice, and once', async () => {
    const id = randomUUID();
    expect(await agree('anna', about(id))).toBeUndefined();
    expect(await agree('anna', about(id))).toBeUndefined();
    expect(await agree('boris', about(id, 'fail'))).toBeUndefined();
    expect(await agree('anna', about(randomUUID(), 'fail'))).toBeUndefined();
    expect(await agree('anna', about(id, 'fail'))).toBe('boris');
    expect(await agree('boris', about(id, 'fail'))).toBeUndefined();
    const { rows } = await database.pool.query<{ who: string; wanted: string }>(
      `select who, details ->> 'wanted' as wanted from audit where order_id = $1 and action = 'decision.propose' order by id`,
      [id],
    );
    expect(rows.map(({ who, wanted }) => `${who}: ${wanted}`)).toEqual([
      'anna: resend',
      'anna: resend',
      'boris: fail',
      'boris: fail',
    ]);
  });

  it('is proposed for a day', async () => {
    const id = randomUUID();
    await agree('anna', about(id));
    await database.pool.query(`update proposed_decisions set proposed_at = now() - interval '25 hours'`);
    expect(await agree('boris', about(id))).toBeUndefined();
    expect(await agree('anna', about(id))).toBe('boris');
  });

  it('is made once at the most when several agree at the same instant', async () => {
    const id = randomUUID();
    await agree('anna', about(id));
    const agreed = await Promise.all(['boris', 'vera', 'gleb'].map((who) => agree(who, about(id))));
    expect(agreed.filter((first) => first === 'anna')).toHaveLength(1);
  });
});
