import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { koshelek } from '../harness/koshelek.js';
import { withGateway } from '../harness/with-gateway.js';

const read = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
/** In the order in which docs/import.md has them. */
const EXAMPLES = ['clients', 'purchases', 'bonuses', 'numbers', 'offers', 'offer-cards', 'promo-codes'].concat([
  'receipt-rules',
  'special-phones',
]);

/** Each sample of docs/en/loyalty-api.md: the request, and the answer unless it is empty. */
const SAMPLES = [
  ...read('en/loyalty-api.md').matchAll(
    /^```http\n(?<verb>[A-Z]+) \/v1(?<path>\S+)\n(?:Content-Type: .+\n\n(?<body>.+)\n)?```\n\n(?:Answer:\n\n```json\n(?<answer>[^`]+)```)?/gm,
  ),
].map(({ groups }) => groups as { verb: string; path: string; body?: string; answer?: string });

/** Every field at every depth, of the first element of a list. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return fieldsOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, `${path}.${name}`));
}

/** More than the internal port takes of any other body. */
const LINES = 30_000;

describe('POST /admin/import/…', () => {
  const { gateway } = withGateway({ env: { ROLES: 'loyalty,admin' } });

  const send = (kind: string, body: string, key = 'test-admin-key', type = 'text/csv') =>
    fetch(`${gateway.internalUrl}/admin/import/${kind}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      body,
    });
  const linesOf = async (response: Response): Promise<unknown[]> =>
    (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  it('imports a long registry, reports its progress, and names every line it rejects', async () => {
    const lines = Array.from(
      { length: LINES },
      (_, n) => `${n === 7 ? '' : `N${n}`};${'Я'.repeat(40)};79${String(n).padStart(9, '0')};10,5`,
    );
    const response = await send('clients', `card_number;first_name;phone;bonus_balance\n${lines.join('\n')}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const answers = await linesOf(response);
    expect(answers[0]).toEqual({ rejected: { line: 9, field: 'card_number', reason: 'is missing' } });
    expect(answers.slice(-3)).toEqual([
      { totals: { lines: LINES, created: LINES - 1, changed: 0, unchanged: 0, updated: 0, rejected: 1 } },
      { reasons: [{ field: 'card_number', reason: 'is missing', lines: 1 }] },
      { done: true },
    ]);
    expect((await koshelek(gateway.publicUrl).get('/card?msisdn=79000000042')).json).toMatchObject({
      card: { cardNumber: 'N42' },
    });
  });

  it('takes everything else a programme needs, and Кошелёк is answered by it', async () => {
    const wallet = koshelek(gateway.publicUrl);
    const files: [string, string][] = [
      ['clients', 'card_number;phone\nA1;79990000001'],
      ['purchases', 'external_id;card_number;date;item;amount_rub;bonuses\nr/1;A1;20260317;Чай;1498,05;14,5'],
      ['bonuses', 'external_id;card_number;amount\nb;A1;10.5'],
      ['numbers', 'number;barcode_type;kind\n4006381333931;EAN_13;pool\nAGREED;CODE_128;agreed'],
      ['offers', 'id;title;for_all\nall;Всем;yes\nsome;Некоторым;no\nothers;Другим;no'],
      ['offer-cards', 'offer_id;card_number\nsome;A1'],
      ['promo-codes', 'code;description;bonus\nВЕСНА;Весна;5'],
      ['receipt-rules', 'external_id;description;percent;minimum_sum_rub\nr;Кешбэк;10;1498.00'],
      ['special-phones', 'phone;name;value\n79990000001;discount;15'],
    ];
    for (const [kind, content] of files) {
      const answers = await linesOf(await send(kind, content));
      expect({ kind, answers }).toEqual({
        kind,
        answers: [{ totals: expect.objectContaining({ rejected: 0 }) }, { done: true }],
      });
    }

    expect((await wallet.get('/card/A1/purchases?startDate=2026-03-17')).json).toEqual([
      { date: '2026-03-17', item: 'Чай', amount: '149805', bonuses: '14.5' },
    ]);
    expect((await wallet.get('/card/anonymous')).json).toBe('4006381333931');
    expect((await wallet.send('POST', '/card/anonymous/AGREED', { phone: '79990000002' })).status).toBe(200);
    const offers = (await wallet.get('/card/A1/promo')).json as { id: string }[];
    expect(offers.map(({ id }) => id)).toEqual(['all', 'some']);
    // Another receipt than that of the samples: one counts once.
    const qrCode = 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25150&fp=1186123459&n=1';
    expect((await wallet.send('POST', '/promo/qrCode', { qrCode, cardNumber: 'A1' })).status).toBe(200);
    expect((await wallet.send('POST', '/promo/code', { code: 'весна', cardNumber: 'A1' })).status).toBe(200);
    expect((await wallet.get('/card/A1')).json).toMatchObject({ card: { bonus: { total: '164.5' } } });
    expect((await wallet.get('/card/getAllUsersExtended')).json).toEqual([
      { phone: '79990000001', params: [{ name: 'discount', value: '15' }] },
    ]);
  });

  it('fills a programme with the examples of the documents, and the samples of all thirteen methods are answered as they show', async () => {
    for (const kind of EXAMPLES) {
      expect((await linesOf(await send(kind, read(`examples/import/${kind}.csv`)))).at(-1)).toEqual({ done: true });
    }
    expect(SAMPLES).toHaveLength(13);
    const wallet = koshelek(gateway.publicUrl);
    for (const { verb, path, body, answer } of SAMPLES) {
      const init = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
      const { status, json } = await wallet.request(path, { method: verb, ...init });
      expect({ path, status }).toEqual({ path, status: 200 });
      const shown = answer === undefined ? undefined : (JSON.parse(answer) as unknown);
      expect({ path, isEmpty: json === undefined }).toEqual({ path, isEmpty: shown === undefined });
      // What a purchase or an offer does not have is left out.
      expect(fieldsOf(shown)).toEqual(expect.arrayContaining(fieldsOf(json)));
    }
  });

  it('says in a dry run all that the import would say, and writes nothing', async () => {
    const body = 'card_number;phone\nDRY-1;79990000011\nDRY-2;79990000011\n2,1E+12;';
    const rehearsed = await linesOf(await send('clients?dryRun=true', body));
    expect(rehearsed.at(-1)).toEqual({ done: true, dryRun: true });
    expect((await koshelek(gateway.publicUrl).get('/card/DRY-1')).status).toBe(422);
    const answers = await linesOf(await send('clients', body));
    expect(answers.slice(0, -1)).toEqual(rehearsed.slice(0, -1));
    expect(answers.at(-1)).toEqual({ done: true });
    expect((await koshelek(gateway.publicUrl).get('/card?msisdn=79990000011')).json).toMatchObject({
      card: { cardNumber: 'DRY-1' },
    });
    expect((await send('clients?dryRun=perhaps', body)).status).toBe(422);
  });

  it('reports that a file with only rejected lines has failed, and where a file becomes unreadable', async () => {
    const allRejected = await linesOf(await send('clients', 'card_number\ngetAllUsers\n="001"'));
    expect(allRejected.at(-1)).toEqual({ failed: 'Every line was rejected: nothing was imported.' });
    const open = await linesOf(await send('clients', 'card_number;last_name\nOPEN-1;А\nOPEN-2;"Б\nOPEN-3;В'));
    expect(open).toEqual([
      { totals: expect.objectContaining({ lines: 1, created: 1 }) },
      { failed: expect.stringContaining('in line 3 a quote is opened that is not closed') },
    ]);
    expect((await koshelek(gateway.publicUrl).get('/card/OPEN-3')).status).toBe(422);
  });

  it('names the columns that mean nothing, and refuses what it cannot take', async () => {
    const answers = await linesOf(await send('clients', 'card_number;discount\nA2;5'));
    expect(answers[0]).toEqual({ ignored: ['discount'] });
    const wrong = await send('clients', 'name\nАнна');
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ detail: expect.stringContaining('card_number') });
    const unknown = await send('clents', 'card_number\n1');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ detail: expect.stringContaining('clients, purchases') });
    expect((await send('purchases', 'card_number\n1', 'a-wrong-key')).status).toBe(401);
    expect((await send('clients', '{}', 'test-admin-key', 'application/json')).status).toBe(415);
  });
});
