import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packParts, workbookParts, type TestCell } from '../admin/order-files/testing/workbook.js';
import { makeKey } from '../api-keys/make-key.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { TEST_SEAL } from '../testing/seal.js';
import type { Gateway } from './gateway.js';
import { startTestGateway } from './testing/start-test-gateway.js';

interface Checked {
  readonly hash: string;
  readonly rows: readonly {
    readonly line: number;
    readonly faults: readonly { readonly field: string; readonly reason: string }[];
    readonly placed: object | null;
    readonly repeats: { readonly placedBy: string } | null;
    readonly sameAs: number | null;
  }[];
  readonly cost: object;
  readonly fund: { readonly amount: string } | null;
}
interface Placed {
  readonly progress: {
    readonly hash: string;
    readonly lines: number;
    readonly finishedAt: string | null;
    counts: object;
  };
}

const TITLES = ['Номер карты', 'Тариф', 'Телефон', 'Сумма'];

/** Lines of different orders, some of them spoilt. */
function linesOf(count: number, from: number, bad: Readonly<Record<number, readonly string[]>> = {}): string[][] {
  return Array.from({ length: count }, (_, at) => [
    ...(bad[at + 2] ?? [String(from + at).padStart(10, '0'), '2671', '8 916 123-45-67', '']),
  ]);
}

/** As Excel on a Russian Windows saves it. */
function windows1251(text: string): Buffer {
  const codes = Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
  return Buffer.from(codes);
}
const csvOf = (lines: readonly (readonly string[])[]): Buffer =>
  windows1251([TITLES, ...lines].map((line) => `${line.join(';')}\r\n`).join(''));
const workbookOf = (lines: readonly (readonly TestCell[])[]): Promise<Buffer> =>
  packParts(workbookParts([TITLES, ...lines]));

describe('orders from a file', () => {
  let database: TestDatabase;
  let gateway: Gateway;
  let office: string;
  let colleague: string;

  beforeAll(async () => {
    database = await openTestDatabase();
    const tariffs = [
      { id: '2671', name: 'Единый & 30 дней', priceMin: '2800', priceMax: '2800', ticketGroup: 'tat' },
      { id: '2680', name: 'Кошелёк', priceMin: '1', priceMax: '3000', ticketGroup: 'purse' },
    ];
    await database.pool.query(
      `insert into dictionaries (name, entries, fetched_at, refresh_secs) values ('tariffs', $1, now(), 3600)`,
      [JSON.stringify(tariffs.map((tariff) => ({ ...tariff, relatedValues: [], relatedIds: [], types: [] })))],
    );
    await database.pool.query(
      `insert into account_readings (asked_at, read_at, amount, refresh_secs) values (now(), now(), 500000, 60)`,
    );
    gateway = await startTestGateway(database, { ROLES: 'admin', ADMIN_API_KEYS: 'ops:bootstrap-key' });
    const make = async (name: string): Promise<string> => {
      const rights = { audience: 'admin', scopes: null, role: 'office', addresses: [], expiresAt: null } as const;
      return (
        (await makeKey(database.pool, TEST_SEAL, { ...rights, name }, { who: 'ops', why: undefined }))?.secret ?? ''
      );
    };
    [office, colleague] = [await make('anna'), await make('boris')];
    while ((await call('GET', '', { key: colleague })).status === 401);
  });
  afterAll(async () => {
    await gateway.stop();
    await database.close();
  });

  async function call<T>(
    method: string,
    path: string,
    { key = office, file }: { key?: string; file?: Buffer } = {},
  ): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${gateway.internalUrl}/admin/order-files${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(file && { 'content-type': 'application/octet-stream' }) },
      ...(file && { body: new Uint8Array(file) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }
  const check = async (file: Buffer, key = office): Promise<Checked> =>
    (await call<Checked>('POST', '/check', { file, key })).body;
  const place = async (file: Buffer, key = office, query = ''): Promise<Placed> =>
    (await call<Placed>('POST', query, { file, key })).body;
  async function ordersOf(name: string): Promise<number> {
    const { rows } = await database.pool.query<{ count: number }>(
      `select count(*)::int as count from orders where api_key_name = $1`,
      [`console:${name}`],
    );
    return rows[0]?.count ?? 0;
  }

  it('are checked cell by cell, priced, and placed without the bad lines; the same file again places nothing', async () => {
    const file = csvOf(
      linesOf(200, 0, {
        7: ['12a', '2671', '8 916 123-45-67', ''],
        9: ['0000000009', '1', '916', ''],
        11: ['0000000011', '2680', '8 916 123-45-67', '5000'],
      }),
    );
    const checked = await check(file);
    expect(checked.rows).toHaveLength(200);
    expect(
      checked.rows
        .filter(({ faults }) => faults.length > 0)
        .map(({ line, faults }) => [line, ...faults.map(({ field, reason }) => `${field} ${reason}`)]),
    ).toEqual([
      [7, 'cardNumber form'],
      [9, 'phone form'],
      [11, 'amount amount'],
    ]);
    expect(checked.cost).toEqual({ least: 197 * 280_000, most: 197 * 280_000, unpriced: 0 });
    expect(checked.fund?.amount).toBe('500000');
    expect(await ordersOf('anna')).toBe(0);

    const { progress } = await place(file);
    expect(progress).toMatchObject({ hash: checked.hash, lines: 197, counts: { accepted: 197 } });
    expect(progress.finishedAt).not.toBeNull();
    expect((await place(file)).progress).toMatchObject({ lines: 197, counts: { accepted: 197 } });
    expect(await ordersOf('anna')).toBe(197);
    expect((await check(file)).rows.filter(({ placed }) => placed !== null)).toHaveLength(197);

    // A process was killed between the commit of orders and its note which lines they are.
    await database.pool.query('delete from order_file_lines where hash = $1 and line > 100', [checked.hash]);
    expect((await place(file)).progress).toMatchObject({ lines: 197, counts: { accepted: 197 } });
    expect(await ordersOf('anna')).toBe(197);
  });

  it('from a corrected file are placed only where they are not there yet, also by a colleague, unless one asks for it', async () => {
    const before = await workbookOf(linesOf(3, 1_000));
    const corrected = await workbookOf(linesOf(4, 1_000));
    await place(before);
    const own = await ordersOf('anna');
    expect((await check(corrected, colleague)).rows.map(({ repeats }) => repeats?.placedBy ?? null)).toEqual([
      'console:anna',
      'console:anna',
      'console:anna',
      null,
    ]);
    await place(corrected);
    expect(await ordersOf('anna')).toBe(own + 1);
    await place(corrected, colleague, '?again=true');
    expect(await ordersOf('boris')).toBe(4);
  });

  it('are seen by the one who has placed them, and are in the audit once', async () => {
    const file = await workbookOf([...linesOf(1, 2_000), ...linesOf(1, 2_000)]);
    const { hash, rows } = await check(file);
    expect(rows.map(({ sameAs }) => sameAs)).toEqual([null, 2]);
    await place(file);
    await place(file);
    const { body } = await call<{ lines: { line: number; status: string }[] }>('GET', `/${hash}/lines`);
    expect(body.lines.map(({ line, status }) => [line, status])).toEqual([
      [2, 'accepted'],
      [3, 'accepted'],
    ]);
    expect((await call('GET', `/${hash}`, { key: colleague })).status).toBe(404);
    expect((await call('GET', `/${hash}/lines`, { key: colleague })).body).toEqual({ lines: [] });
    const listed = await call<{ files: { hash: string }[] }>('GET', '', { key: colleague });
    expect(listed.body.files.map((one) => one.hash)).not.toContain(hash);
    const { rows: audit } = await database.pool.query(
      `select who, details from audit where action = 'orders.place' and details ->> 'hash' = $1`,
      [hash],
    );
    expect(audit).toEqual([{ who: 'anna', details: { hash, lines: 2 } }]);
  });

  it('find their file refused as a whole when it is no table of orders', async () => {
    const reasonOf = async (file: Buffer) => (await call<{ reason: string }>('POST', '/check', { file })).body.reason;
    expect(await reasonOf(Buffer.from('a;b\n1;2\n'))).toBe('columns');
    expect(await reasonOf(csvOf([]))).toBe('empty');
    expect(await reasonOf(Buffer.from('504b0304', 'hex'))).toBe('damaged');
    expect((await call('POST', '/check', { file: Buffer.alloc(5 * 1024 * 1024) })).status).toBe(413);
  });

  it('have templates that are read again, with the tariffs to choose from', async () => {
    for (const query of ['?form=csv&language=en', '?form=xlsx&language=ru']) {
      const answer = await fetch(`${gateway.internalUrl}/admin/order-files/template${query}`, {
        headers: { authorization: `Bearer ${office}` },
      });
      const { status, body } = await call<{ reason: string }>('POST', '/check', {
        file: Buffer.from(await answer.arrayBuffer()),
      });
      expect([status, body.reason]).toEqual([422, 'empty']);
    }
  });
});
