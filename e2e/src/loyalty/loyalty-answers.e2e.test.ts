import { beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  expectContractForm,
  koshelek,
  type Koshelek,
  type KoshelekAnswer,
  type KoshelekRequest,
} from '../harness/koshelek.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const RECEIPT = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1';
const receipt = (change: [string, string] = ['', '']) => ({ qrCode: RECEIPT.replace(...change), cardNumber: '0001' });
const JSON_TYPE = { 'content-type': 'application/json' };

interface Row {
  readonly what: string;
  readonly path: string;
  readonly verb?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: object;
  readonly raw?: KoshelekRequest;
  /** The code of the error, or what the body of a success begins with: `''` for an empty one. */
  readonly answers: string;
}

/** Every method, then every error that a single request can cause. */
const ROWS: readonly Row[] = [
  { what: '1, found', path: '/card?msisdn=79160000001', answers: '{"card":' },
  { what: '1, not found', path: '/card?msisdn=79169999999', answers: '' },
  { what: '2', path: '/card/0001/communication', verb: 'PUT', body: { allow: ['sms'] }, answers: '' },
  { what: '3', path: '/card/0001', answers: '{"card":' },
  { what: '4', path: '/card/0001', verb: 'PUT', body: { surname: 'Иванова' }, answers: '' },
  { what: '5', path: '/card/0001/purchases?startDate=2026-01-01', answers: '[{' },
  { what: '6', path: '/card/anonymous', answers: '"P' },
  { what: '7', path: '/card/anonymous/0007', verb: 'POST', body: { phone: '79160000007' }, answers: '' },
  { what: '8', path: '/card/anonymous', verb: 'POST', body: { phone: '79160000008' }, answers: '{"card":' },
  { what: '9', path: '/card/0001/promo', answers: '[{' },
  { what: '10', path: '/promo/qrCode', verb: 'POST', body: receipt(), answers: '' },
  { what: '11', path: '/promo/code', verb: 'POST', body: { code: 'SPRING', cardNumber: '0001' }, answers: '' },
  { what: '12', path: '/card/getAllUsers', answers: '["' },
  { what: '13', path: '/card/getAllUsersExtended', answers: '[{' },

  {
    what: 'a wrong password',
    path: '/card',
    raw: { headers: { authorization: `Basic ${btoa('a:b')}` } },
    answers: '1001',
  },
  { what: 'an unknown path', path: '/cards', answers: '1101' },
  { what: 'a wrong verb', path: '/card/0001', verb: 'DELETE', answers: '1102' },
  { what: 'headers too large', path: '/card', raw: { headers: { 'x-long': 'x'.repeat(20_000) } }, answers: '1111' },
  {
    what: 'a body too large',
    path: '/card/0001',
    verb: 'PUT',
    body: { surname: 'x'.repeat(300_000) },
    answers: '1112',
  },
  {
    what: 'another content type',
    path: '/card/0001',
    raw: { method: 'PUT', body: 'surname: x', headers: { 'content-type': 'text/yaml' } },
    answers: '1114',
  },
  {
    what: 'bytes that are not UTF-8',
    path: '/card/0001',
    raw: { method: 'PUT', body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), headers: JSON_TYPE },
    answers: '1115',
  },
  { what: 'half a JSON', path: '/card/0001', raw: { method: 'PUT', body: '{', headers: JSON_TYPE }, answers: '1116' },
  { what: 'no body', path: '/card/0001', raw: { method: 'PUT' }, answers: '1117' },
  {
    what: 'a key twice',
    path: '/card/0001',
    raw: { method: 'PUT', body: '{"phone":"79031112233","phone":"79031112299"}', headers: JSON_TYPE },
    answers: '1119',
  },
  {
    what: 'a compressed body',
    path: '/card/0001',
    raw: { method: 'PUT', body: gzipSync('{"surname":"x"}'), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
    answers: '1114',
  },
  {
    what: 'a body that says it is compressed',
    path: '/card/0001',
    raw: { method: 'PUT', body: '{"surname":"x"}', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
    answers: '1114',
  },
  {
    what: 'another charset',
    path: '/card/0001',
    raw: {
      method: 'PUT',
      body: '{"surname":"x"}',
      headers: { 'content-type': 'application/json; charset=windows-1251' },
    },
    answers: '1114',
  },
  { what: 'bad escapes in a card number', path: '/card/%D0%', answers: '2106' },
  { what: 'bad escapes in the query', path: '/card?email=%FF@example.com', answers: '1110' },
  { what: 'bad escapes elsewhere', path: '/%D0%', answers: '1101' },
  {
    what: 'a receipt in too much around it',
    path: '/promo/qrCode',
    verb: 'POST',
    body: { ...receipt(), more: 'x'.repeat(17_000) },
    answers: '1112',
  },
  { what: 'an array for a body', path: '/card/0001', verb: 'PUT', body: [], answers: '1118' },

  { what: 'no phone', path: '/card/anonymous', verb: 'POST', body: {}, answers: '2001' },
  { what: 'a list for a text', path: '/card/0001', verb: 'PUT', body: { surname: [] }, answers: '2002' },
  { what: 'a long surname', path: '/card/0001', verb: 'PUT', body: { surname: 'x'.repeat(51) }, answers: '2003' },
  {
    what: 'too many channels',
    path: '/card/0001/communication',
    verb: 'PUT',
    body: { allow: Array.from({ length: 51 }, (_, at) => `c${at}`) },
    answers: '2004',
  },
  { what: 'a control character', path: '/card/0001', verb: 'PUT', body: { surname: 'a\u0000b' }, answers: '2005' },
  { what: 'two phones', path: '/card?msisdn=79160000001&msisdn=79160000002', answers: '2006' },
  { what: 'an unknown sex', path: '/card/0001', verb: 'PUT', body: { sex: 'x' }, answers: '2007' },
  { what: 'a phone that is none', path: '/card?msisdn=12', answers: '2101' },
  { what: 'an e-mail that is none', path: '/card?email=anna', answers: '2102' },
  { what: 'a day that is none', path: '/card?birthDate=2026-02-30', answers: '2103' },
  { what: 'a period backwards', path: '/card/0001/purchases?startDate=2026-02-02&endDate=2026-02-01', answers: '2104' },
  { what: 'no search parameter', path: '/card', answers: '2105' },
  { what: 'a long card number', path: `/card/${'1'.repeat(51)}`, answers: '2106' },
  { what: 'a birth date to come', path: '/card/0001', verb: 'PUT', body: { birthDate: '2099-01-01' }, answers: '2107' },

  { what: 'an unknown card', path: '/card/unknown-card', answers: '3001' },
  { what: 'a blocked card', path: '/card/0003', answers: '3002' },
  { what: 'two cards', path: '/card?msisdn=79160000001&email=boris@example.com', answers: '3003' },
  {
    what: 'a number not reserved',
    path: '/card/anonymous/9',
    verb: 'POST',
    body: { phone: '79160000009' },
    answers: '4001',
  },
  {
    what: 'a reservation over',
    path: '/card/anonymous/L',
    verb: 'POST',
    body: { phone: '79160000009' },
    answers: '4002',
  },
  {
    what: 'a number taken',
    path: '/card/anonymous/0001',
    verb: 'POST',
    body: { phone: '79160000009' },
    answers: '4003',
  },
  { what: "another's phone", path: '/card/0001', verb: 'PUT', body: { phone: '79160000002' }, answers: '4004' },
  { what: "another's e-mail", path: '/card/0001', verb: 'PUT', body: { email: 'boris@example.com' }, answers: '4005' },

  {
    what: 'a cut receipt',
    path: '/promo/qrCode',
    verb: 'POST',
    body: receipt(['&fp=1186123459', '']),
    answers: '5001',
  },
  { what: 'a bad sum', path: '/promo/qrCode', verb: 'POST', body: receipt(['1498.00', 'x']), answers: '5002' },
  { what: 'a receipt again', path: '/promo/qrCode', verb: 'POST', body: receipt(), answers: '5003' },
  { what: 'a return', path: '/promo/qrCode', verb: 'POST', body: receipt(['n=1', 'n=2']), answers: '5004' },
  {
    what: 'a link',
    path: '/promo/qrCode',
    verb: 'POST',
    body: receipt([RECEIPT, 'https://a.ru/?t=1']),
    answers: '5005',
  },
  { what: 'a large sum', path: '/promo/qrCode', verb: 'POST', body: receipt(['1498', '1000001']), answers: '5006' },
  ...(
    [
      ['NOPE', '5101'],
      ['FUTURE', '5102'],
      ['PAST', '5103'],
      ['GONE', '5104'],
      ['SPRING', '5105'],
    ] as const
  ).map(([code, answers]): Row => {
    return { what: `code ${code}`, path: '/promo/code', verb: 'POST', body: { code, cardNumber: '0001' }, answers };
  }),
];

/** The data for the rows above. */
const MEMBERS = `
  with member as (
    insert into members (msisdn, email) values
      ('79160000001', 'anna@example.com'), ('79160000002', 'boris@example.com'), ('79160000003', 'gleb@example.com')
    returning id, msisdn
  )
  insert into cards (number, member_id, state, barcode, barcode_type)
  select '000' || right(msisdn, 1), id, case msisdn when '79160000003' then 'blocked' else 'active' end, '1',
         'CODE_128' from member;
  insert into card_numbers (number, kind, barcode, barcode_type, reserved_until) values
    ('0007', 'agreed', '7', 'CODE_128', default), ('L', 'pool', '8', 'CODE_128', now() - interval '1 s'),
    ('P1', 'pool', 'P1', 'CODE_128', default), ('P2', 'pool', 'P2', 'CODE_128', default);
  insert into bonus_lots (card_number, description, amount, source) values ('0001', 'Навсегда', 5.5, 'test');
  insert into purchases (card_number, bought_at, item, amount, quantity) values ('0001', now(), 'Сыр', 51900, 0.35);
  insert into offers (id, title) values ('all', 'Скидка');
  insert into promo_codes (code, description, bonus, max_uses, uses, starts_at, ends_at) values
    ('SPRING', 'Весна', 10, null, 0, null, null), ('GONE', 'Кончился', 1, 1, 1, null, null),
    ('FUTURE', 'Будет', 1, null, 0, now() + interval '1 day', null),
    ('PAST', 'Прошло', 1, null, 0, null, now() - interval '1 s');
  insert into special_phones (phone) values ('79160000001');
  insert into special_phone_params values ('79160000001', 1, 'discount', '7')`;

/** Sends one row; the harness checks the Content-Type, the types of all values and the form of an error. */
function play(api: Koshelek, { path, verb = 'GET', body, raw }: Row): Promise<KoshelekAnswer> {
  if (raw !== undefined) return api.request(path, raw);
  return verb === 'PUT' || verb === 'POST' ? api.send(verb, path, body) : api.request(path, { method: verb });
}

/** Sends every row, and compares the answers with the expected ones. */
async function callEveryMethod(api: Koshelek): Promise<void> {
  for (const row of ROWS) {
    const { code, text } = await play(api, row);
    const answered = code ?? text.slice(0, row.answers.length || undefined);
    expect({ what: row.what, answered }).toEqual({ what: row.what, answered: row.answers });
  }
}

/** Codes that need more than a request, each with its own test below. */
const FROM_OUTSIDE = ['1103', '4006', '9001', '9002', '9999'];
/** Codes of a company's own system, of a caller so slow that the test would take a minute, of too many: tested beside the code. */
const TESTED_ELSEWHERE = ['1104', '1113', '7001', '7002', '7003', '7004', '7005', '9003'];

describe('every answer of the loyalty API', () => {
  const { gateway, database, proxy, api, start } = withGateway({ proxied: true, env: { ROLES: 'loyalty' } });
  beforeAll(() => database.pool.query(MEMBERS));

  it('has the exact Content-Type and holds nothing but strings, objects and arrays', async () => {
    await callEveryMethod(api);
  });

  it('is one the catalogue knows, and every code of the catalogue is answered', async () => {
    const page = await readFile(fileURLToPath(new URL('../../../docs/errors.md', import.meta.url)), 'utf8');
    const documented = [...page.matchAll(/^\| (\d{4}) \|/gm)].map(([, code]) => code);
    const answered = ROWS.map(({ answers }) => answers).filter((answer) => /^\d{4}$/.test(answer));
    expect([...new Set([...answered, ...FROM_OUTSIDE, ...TESTED_ELSEWHERE])].sort()).toEqual(documented);
  });

  it.each([
    ['1.0.0', ['POST /promo/qrCode', 'POST /card/anonymous', 'POST /promo/code']],
    ['1.1.0', ['POST /card/anonymous', 'POST /promo/code']],
    ['1.2.0', ['POST /promo/code']],
    ['1.3.0', []],
  ])('in version %s hides later methods, and only those', async (version, hidden) => {
    const other = await start({ KOSHELEK_API_VERSION: version });
    const old = koshelek(other.publicUrl);
    const methods = ROWS.slice(0, 14).map(({ verb = 'GET', path }) => [verb, path] as const);
    const refused: string[] = [];
    for (const [verb, path] of methods) {
      const { code } = verb === 'GET' ? await old.get(path) : await old.send(verb as 'PUT' | 'POST', path, {});
      if (code === '1103') refused.push(`${verb} ${path}`);
    }
    expect(refused.sort()).toEqual([...hidden].sort());
  });

  it('says so when the numbers have run out', async () => {
    const other = await start({ KOSHELEK_CARD_NUMBERS: 'pool' });
    const pooled = koshelek(other.publicUrl);
    const free = await database.pool.query(
      'select from card_numbers where reserved_until < now() and issued_at is null',
    );
    for (let left = free.rowCount ?? 0; left > 0; left -= 1) await pooled.get('/card/anonymous');
    expect((await pooled.get('/card/anonymous')).code).toBe('4006');
  });

  it('keeps its form for bytes that are not HTTP', async () => {
    const { hostname, port } = new URL(gateway.publicUrl);
    const socket = connect(Number(port), hostname);
    socket.end('NONSENSE\r\n\r\n');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 422 /);
    expectContractForm(422, /content-type: (.*)/i.exec(head)?.[1]?.trim() ?? null, body);
    expect(JSON.parse(body)).toMatchObject({ code: '1110' });
  });

  it('answers a fault of ours without internal details', async () => {
    await database.pool.query('alter table offers rename to hidden');
    const { text } = await api.get('/card/0001/promo');
    await database.pool.query('alter table hidden rename to offers');
    expect(text).toBe('{"code":"9999","description":"Внутренняя ошибка сервера"}');
  });

  it('says so when the database takes too long', async () => {
    const blocker = await database.pool.connect();
    await blocker.query(`begin; select from members where msisdn = '79160000001' for update`);
    const answer = api.send('PUT', '/card/0001', { surname: 'Петрова' });
    await until('the update waits and is cancelled', async () => {
      const { rowCount } = await database.pool.query(
        `select pg_cancel_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%update members%'`,
      );
      return rowCount === 1 ? true : undefined;
    });
    expect((await answer).code).toBe('9002');
    await blocker.query('rollback');
    blocker.release();
  });

  it('says so when the database is away', async () => {
    await proxy.cut();
    const codes = new Set<string | undefined>();
    for (const row of ROWS.slice(0, 14)) codes.add((await play(api, row)).code);
    expect([...codes]).toEqual(['9001']);
  });
});

describe('every answer of the loyalty API on a programme behind HTTP', () => {
  const { gateway, database, proxy, api } = withGateway({
    programme: 'a programme behind HTTP',
    proxied: true,
    env: { ROLES: 'loyalty' },
  });
  beforeAll(() => database.pool.query(MEMBERS));

  it('is the same as on the built-in one', async () => {
    await callEveryMethod(api);
  });

  it('answers a fault of the system without internal details', async () => {
    await database.pool.query('alter table offers rename to hidden');
    const { text } = await api.get('/card/0001/promo');
    await database.pool.query('alter table hidden rename to offers');
    expect(text).toBe('{"code":"7001","description":"Недоступна система программы лояльности"}');
    const warnings = await until('the warning is in the log', async () => {
      const found = gateway.log.filter(({ msg }) => msg === 'the card programme was not asked');
      return found.length > 0 ? found : undefined;
    });
    expect(warnings).toMatchObject([{ failure: 'ownSystemUnavailable', message: 'listOffers: status 500' }]);
  });

  it('answers with an error while the system is away, and soon stops calling it', async () => {
    await proxy.cut();
    const codes: (string | undefined)[] = [];
    for (const row of ROWS.slice(0, 14)) codes.push((await play(api, row)).code);
    expect([...new Set(codes)]).toEqual(['7001', '7005']);
    expect(codes.at(-1)).toBe('7005');
  });
});
