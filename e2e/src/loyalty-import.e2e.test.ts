import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from './harness/database.js';
import { startGateway, type GatewayProcess } from './harness/gateway-process.js';
import { koshelek } from './harness/koshelek.js';

/** More than the internal port takes of any other body. */
const LINES = 30_000;

describe('POST /admin/import/clients', () => {
  let database: TestDatabase;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    database = await createDatabase();
    gateway = await startGateway({ DATABASE_URL: database.url, ROLES: 'loyalty,admin' });
  });
  afterAll(async () => {
    await gateway.stop();
    await database.drop();
  });

  const send = (body: string, key = 'test-admin-key', type = 'text/csv') =>
    fetch(`${gateway.internalUrl}/admin/import/clients`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body,
    });
  const linesOf = async (response: Response): Promise<unknown[]> =>
    (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  it('takes a long registry, tells how far it is, and names every line it rejects', async () => {
    const lines = Array.from(
      { length: LINES },
      (_, n) => `${n === 7 ? '' : `N${n}`};${'Я'.repeat(40)};79${String(n).padStart(9, '0')};10,5`,
    );
    const response = await send(`card_number;first_name;phone;bonus_balance\n${lines.join('\n')}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const told = await linesOf(response);
    expect(told[0]).toEqual({ rejected: { line: 9, field: 'card_number', reason: 'is missing' } });
    expect(told.slice(-2)).toEqual([
      { totals: { lines: LINES, created: LINES - 1, updated: 0, rejected: 1 } },
      { done: true },
    ]);
    expect((await koshelek(gateway.publicUrl).get('/card?msisdn=79000000042')).json).toMatchObject({
      card: { cardNumber: 'N42' },
    });
  });

  it('refuses a file that is no registry, a wrong key and another type', async () => {
    const wrong = await send('name\nАнна');
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ detail: expect.stringContaining('card_number') });
    expect((await send('card_number\n1', 'nobody')).status).toBe(401);
    expect((await send('{}', 'test-admin-key', 'application/json')).status).toBe(415);
  });
});
