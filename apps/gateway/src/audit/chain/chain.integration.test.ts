import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../../testing/database.js';
import { readVerifyCommand } from './read-verify-command.js';
import { runVerifyCommand } from './run-verify-command.js';
import { sealAudit } from './seal-audit.js';
import { verifyAudit } from './verify-audit.js';

describe('the chain of the audit', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => behindTheTrigger('truncate audit'));

  /** What only someone can do who may change the schema. */
  async function behindTheTrigger(...texts: readonly string[]): Promise<void> {
    const all = ['alter table audit disable trigger all', ...texts, 'alter table audit enable trigger all'];
    await database.pool.query(all.join('; '));
  }
  const write = (count: number) =>
    database.pool.query(
      `insert into audit (who, action, why, details)
       select 'ops', 'orders.purge', 'request ' || n, jsonb_build_object('count', n, 'orders', array['a', 'b'])
         from generate_series(1, $1) n`,
      [count],
    );
  const verify = async (kept?: Parameters<typeof verifyAudit>[1]) => await verifyAudit(database.pool, kept);
  const faults = async (): Promise<readonly string[]> => (await verify()).faults;

  it('takes every entry once and without a gap, while many write and several processes seal', async () => {
    const writers = Array.from({ length: 20 }, () => write(30));
    const sealers = Array.from({ length: 10 }, () => sealAudit(database.pool));
    await Promise.all([...writers, ...sealers]);
    while ((await sealAudit(database.pool))?.count !== 0);
    expect(await verify()).toMatchObject({ sealed: 600, unsealed: 0, erased: 0, faults: [] });
  });

  it('never makes someone wait who writes an entry', async () => {
    const sealing = await database.pool.connect();
    await sealing.query('begin; select pg_advisory_xact_lock(6027034); lock table audit in row exclusive mode');
    expect(await sealAudit(database.pool)).toBeUndefined();
    await write(1);
    await sealing.query('rollback');
    sealing.release();
    expect((await sealAudit(database.pool))?.count).toBe(1);
  });

  it.each([
    ['who did it', `update audit set who = 'another' where chain_position = 3`, 'Entry 3 .* was changed: its hash'],
    [
      'when',
      `update audit set at = at - interval '1 day' where chain_position = 3`,
      'Entry 3 .* was changed: its hash',
    ],
    ['why', `update audit set why = 'another' where chain_position = 3`, 'Entry 3 .* changed: why is not'],
    [
      'a detail',
      `update audit set details = details || '{"orders": ["a"]}' where chain_position = 3`,
      'Entry 3 .* changed: details.orders is not',
    ],
    [
      'a detail that was put in',
      `update audit set details = details || '{"force": true}' where chain_position = 3`,
      'Entry 3 .* changed: details.force is not',
    ],
    ['an entry that is gone', 'delete from audit where chain_position = 3', 'Entry 3 is missing'],
    ['entries that are gone', 'delete from audit where chain_position in (3, 4)', 'Entry 3 to 4 are missing'],
    [
      'an entry that is gone, with the numbers closed up',
      'delete from audit where chain_position = 3; update audit set chain_position = chain_position - 1 where chain_position > 3',
      'Entry 3 .* was changed: its hash',
    ],
  ])('shows a change behind the trigger: %s', async (_, text, fault) => {
    await write(5);
    await sealAudit(database.pool);
    expect(await faults()).toEqual([]);
    await behindTheTrigger(text);
    expect((await faults())[0]).toMatch(new RegExp(fault));
  });

  it('shows that its end was cut off, or written again, to one who has kept an earlier end', async () => {
    await write(5);
    const kept = (await sealAudit(database.pool))?.head;
    await behindTheTrigger('delete from audit where chain_position > 3');
    expect(await faults()).toEqual([]);
    expect((await verify(kept)).faults).toEqual(['The chain has no entry 5, which was its end: it ends at 3.']);
    await write(2);
    await sealAudit(database.pool);
    expect((await verify(kept)).faults).toEqual([expect.stringContaining('Entry 5 has another hash')]);
  });

  it('stays whole when an erasure takes out words, and keeps nothing by which they could be tried', async () => {
    await write(3);
    const kept = (await sealAudit(database.pool))?.head;
    await database.pool.query(`update audit set why = null, details = details - 'orders' where chain_position = 2`);
    expect(await verify(kept)).toMatchObject({ sealed: 3, erased: 1, faults: [] });
    const { rows } = await database.pool.query<{ salts: object }>(
      'select field_salts as salts from audit where chain_position = 2',
    );
    expect(Object.keys(rows[0]?.salts ?? {})).toEqual(['details.count']);
    await behindTheTrigger(`update audit set why = 'put back' where chain_position = 2`);
    expect(await faults()).toEqual([expect.stringContaining('why is not as it was written')]);
  });

  it('is verified by a command, with an exit code and the end of the chain', async () => {
    await write(2);
    const head = (await sealAudit(database.pool))?.head;
    const run = async (...words: readonly string[]): Promise<[number, string]> => {
      const command = readVerifyCommand(words);
      if (command.kind !== 'verify') throw new Error(JSON.stringify(command));
      const lines: string[] = [];
      const code = await runVerifyCommand(database.pool, command.kept, (line) => lines.push(line));
      return [code, lines.join('\n')];
    };
    const end = `${head?.position}:${head?.hash}`;
    expect(await run()).toEqual([0, expect.stringContaining(`is whole: 2 entries in the chain, 0 with`)]);
    expect(await run('--head', end)).toEqual([0, expect.stringContaining(`head: ${end}`)]);
    expect(await run('--head', `7:${'0'.repeat(64)}`)).toEqual([1, expect.stringContaining('is not whole')]);
    expect(readVerifyCommand(['--head', '7'])).toMatchObject({
      kind: 'fault',
      fault: expect.stringContaining('--head'),
    });
    expect(readVerifyCommand(['all'])).toMatchObject({ kind: 'fault' });
    expect(readVerifyCommand(['--help'])).toEqual({ kind: 'help' });
  });
});
