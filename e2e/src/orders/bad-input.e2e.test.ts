import { beforeAll, describe, expect, it } from '@jest/globals';
import { postOrder, SEED_ORDER } from '../harness/api.js';
import { brokenBodies, brokenHeads, type BrokenRequest } from '../harness/broken-requests.js';
import { expectProblem, expectRefusal } from '../harness/expected-errors.js';
import { SECRETS } from '../harness/gateway-process.js';
import { unique } from '../harness/queues.js';
import { rawRequest, sendRaw, type RawAnswer, type RawRequest } from '../harness/raw-http.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

const PHONE = '79161234567';
const WRONG_PASSWORD = 'a-wrong-wallet-password';
const WRONG_KEY = 'a-wrong-orders-key';
const basic = (login: string): string => `Basic ${Buffer.from(login, 'latin1').toString('base64')}`;

const WALLET = { Authorization: basic(SECRETS.KOSHELEK_CREDENTIALS) };
const SHOP = { Authorization: 'Bearer test-orders-key' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('bad input', () => {
  const { gateway, database, collector } = withGateway({
    collector: true,
    env: { ROLES: 'loyalty,orders,admin', LOG_LEVEL: 'trace' },
  });
  const said: string[] = [];

  beforeAll(async () => {
    gateway.child.stderr?.on('data', (text: string) => said.push(text));
    await database.pool.query(`
      with member as (insert into members (msisdn) values ('${PHONE}') returning id)
      insert into cards (number, member_id, state, barcode, barcode_type)
      select '0000001', id, 'active', '4600000000001', 'EAN_13' from member`);
  });

  const askPublic = (request: RawRequest): Promise<RawAnswer> =>
    sendRaw(gateway.publicUrl, rawRequest({ ...request, headers: { ...WALLET, ...request.headers } }));
  const askInternal = (request: RawRequest): Promise<RawAnswer> =>
    sendRaw(gateway.internalUrl, rawRequest({ ...request, headers: { ...SHOP, ...request.headers } }));
  const post = (body: unknown, headers: RawRequest['headers'] = { 'Idempotency-Key': unique('key') }) =>
    askInternal({ method: 'POST', path: '/orders', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });

  const operator = (path: string): Promise<Response> =>
    fetch(gateway.internalUrl + path, { headers: { authorization: 'Bearer test-admin-key' } });
  const lastCalls = async (query: string): Promise<Record<string, unknown>[]> =>
    ((await (await operator(`/admin/loyalty/calls${query}`)).json()) as { calls: Record<string, unknown>[] }).calls;

  describe('at the public listener', () => {
    const channels = { method: 'PUT', path: '/v1/card/0000001/communication', headers: WALLET };

    it.each<BrokenRequest>([...brokenHeads(WALLET), ...brokenBodies(channels)])(
      'answers $what in Russian, with 422 or what HTTP itself demands',
      async ({ bytes, end, loyalty = 422 }) => {
        expectRefusal(await sendRaw(gateway.publicUrl, bytes, end && { end }), loyalty);
      },
    );

    it.each([
      ['no credentials', []],
      ['a wrong password', [basic(`wallet:${WRONG_PASSWORD}`)]],
      ['a wrong login', [basic('stranger:test-wallet-password')]],
      ['a password that is the right one and more', [basic(`${SECRETS.KOSHELEK_CREDENTIALS}x`)]],
      ['credentials that are not base64', ['Basic ???']],
      ['credentials that are not UTF-8', [basic('wallet:\xff\xfe')]],
      ['an empty scheme', ['']],
      ['another scheme', ['Bearer test-orders-key']],
      ['a password of 8 KiB', [basic(`wallet:${'x'.repeat(8192)}`)]],
    ])('answers %s with 401', async (_, authorization) => {
      const headers = { Authorization: authorization };
      const answer = await askPublic({ path: `/v1/card?msisdn=${PHONE}`, headers });
      expectRefusal(answer, 401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      expectRefusal(await askPublic({ ...channels, headers: { ...headers, ...JSON_TYPE }, body: '{"allow":' }), 401);
    });

    it.each([
      ['nothing to search by', ''],
      ['a phone that is none', 'msisdn=8-800-CALL'],
      ['a phone with a NUL', `msisdn=${PHONE}%00`],
      ['an address that is not UTF-8', 'email=%FF@example.com'],
      ['an address of half an escape', 'email=anna%4@example.com'],
      ['an address with half a surrogate pair', 'email=%ED%A0%80@example.com'],
      ['raw bytes that are not ASCII', 'email=\xff@example.com'],
      ['two different phones', `msisdn=${PHONE}&msisdn=79160000000`],
      ['a __proto__ parameter alone', '__proto__[msisdn]=1'],
      ['an impossible day', 'birthDate=2001-02-30'],
    ])('answers a search with %s with 422 in Russian', async (_, query) => {
      expectRefusal(await askPublic({ path: `/v1/card?${query}` }));
    });

    it.each([
      ['no body', ''],
      ['null', 'null'],
      ['a list', '[]'],
      ['a text', '"sms"'],
      ['a number', '1e999'],
      ['no field it knows', '{"Allow":["sms"]}'],
      ['a text for a list', '{"allow":"sms"}'],
      ['an object for a list', '{"allow":{"0":"sms"}}'],
      ['numbers for texts', '{"allow":[1]}'],
      ['lists in the list', '{"allow":[["sms"]]}'],
      ['an empty text', '{"allow":[""]}'],
      ['a NUL', '{"allow":["s\\u0000ms"]}'],
      ['half a surrogate pair', '{"deny":["\\ud800"]}'],
      ['a text of 300', `{"allow":["${'x'.repeat(300)}"]}`],
      ['a thousand texts', JSON.stringify({ allow: Array.from({ length: 1000 }, (_, index) => `c${index}`) })],
    ])('answers channels of %s with 422 in Russian', async (_, body) => {
      expectRefusal(await askPublic({ ...channels, headers: JSON_TYPE, body }));
    });

    it.each(['%00', '%ED%A0%80', '9'.repeat(51), '9'.repeat(300), '%0A', "1'%20or%20'1'='1"])(
      'answers the card number %s with 422 in Russian',
      async (number) => {
        const path = `/v1/card/${number}/communication`;
        expectRefusal(await askPublic({ ...channels, path, headers: JSON_TYPE, body: '{"allow":["sms"]}' }));
      },
    );

    it.each(['DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('answers the verb %s with 422 in Russian', async (method) => {
      expectRefusal(await askPublic({ method, path: '/v1/card/0000001/communication' }));
    });
  });

  describe('at the internal listener', () => {
    const place = { method: 'POST', path: '/orders', headers: { ...SHOP, 'Idempotency-Key': unique('broken') } };

    it.each<BrokenRequest>([...brokenHeads(SHOP), ...brokenBodies(place)])(
      'answers $what with the problem $problem',
      async ({ bytes, end, problem }) => {
        expectProblem(await sendRaw(gateway.internalUrl, bytes, end && { end }), problem);
      },
    );

    it.each([
      ['no key', []],
      ['a wrong key', [`Bearer ${WRONG_KEY}`]],
      ['the key of another audience', ['Bearer test-admin-key']],
      ['a scheme alone', ['Bearer']],
      ['another scheme', [WALLET.Authorization]],
    ])('answers %s with 401, before reading key or order', async (_, authorization) => {
      const headers = { Authorization: authorization, 'Idempotency-Key': unique('key'), ...JSON_TYPE };
      for (const body of [JSON.stringify({ order: SEED_ORDER }), '{"order":1}', '']) {
        const answer = await askInternal({ method: 'POST', path: '/orders', headers, body });
        expectProblem(answer, 401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    });

    it.each<[string, readonly string[]]>([
      ['absent', []],
      ['empty', ['']],
      ['of 256 characters', ['k'.repeat(256)]],
      ['with a tab', ['a\tb']],
      ['not ASCII', ['\xff']],
      ['there twice', ['one', 'two']],
    ])('answers an Idempotency-Key that is %s with 400', async (_, keys) => {
      expectProblem(await post({ order: SEED_ORDER }, { 'Idempotency-Key': keys }), 400);
    });

    it.each<[string, unknown, readonly string[]]>([
      ['no order', {}, ['/order']],
      ['a list', [], ['']],
      ['a text', 'order', ['']],
      ['null', null, ['']],
      ['an unknown field', { order: SEED_ORDER, 'pri~or/ity': 1 }, ['/pri~0or~1ity']],
      ['an order that is a text', { order: 'one ticket' }, ['/order']],
      ['an order without lines', { order: { phone: `+${PHONE}` } }, ['/order/orderData']],
      [
        'wrong types',
        {
          order: { ...SEED_ORDER, regionId: '1', orderData: [{ ...SEED_ORDER.orderData[0], cardNumber: 1234567890 }] },
        },
        ['/order/regionId', '/order/orderData/0/cardNumber'],
      ],
      ['a NUL in a name', { order: { ...SEED_ORDER, name: 'An\0na' } }, ['/order/name']],
      ['half a surrogate pair in a name', { order: { ...SEED_ORDER, name: 'An\ud800na' } }, ['/order/name']],
      ['a NUL in the reference', { order: SEED_ORDER, reference: 'a\0b' }, ['/reference']],
      ['half a surrogate pair in the reference', { order: SEED_ORDER, reference: '\udc00' }, ['/reference']],
      ['a reference of 300', { order: SEED_ORDER, reference: 'x'.repeat(300) }, ['/reference']],
      ['an address with a password', { order: SEED_ORDER, callbackUrl: 'https://u:p@shop.example/' }, ['/callbackUrl']],
      ['an address that is no web address', { order: SEED_ORDER, callbackUrl: 'file:///etc/passwd' }, ['/callbackUrl']],
      [
        'half a surrogate pair in the address',
        { order: SEED_ORDER, callbackUrl: 'https://shop.example/\ud800' },
        ['/callbackUrl'],
      ],
      ['metadata that is a list', { order: SEED_ORDER, metadata: [] }, ['/metadata']],
      ['metadata of 20,000 characters', { order: SEED_ORDER, metadata: { a: 'x'.repeat(20_000) } }, ['/metadata']],
      [
        'a thousand unknown fields',
        { order: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i])) },
        ['/order/f0'],
      ],
    ])('answers an order with %s with 422 and where the faults are', async (_, body, pointers) => {
      const { errors } = expectProblem(await post(body), 422);
      const given = (errors as { pointer: string }[]).map(({ pointer }) => pointer);
      expect(given).toEqual(expect.arrayContaining([...pointers]));
    });

    it('answers an empty body with 422', async () => {
      const headers = { ...JSON_TYPE, 'Idempotency-Key': unique('key') };
      for (const body of ['', ' ']) {
        const { status } = await askInternal({ method: 'POST', path: '/orders', headers, body });
        expect(status).toBe(body === '' ? 422 : 400);
      }
    });

    it('takes the Content-Type of a form, which PHP sends unasked, where a call has no body', async () => {
      const { headers } = await post({ order: SEED_ORDER });
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const path = `${headers.get('location')}/cancel`;
      expect(await askInternal({ method: 'POST', path, headers: form, body: '' })).toMatchObject({ status: 200 });
    });

    it('stores unusual metadata that can be stored', async () => {
      const metadata = { nul: '\0', half: '\ud800', '': '', constructor: 'x', text: '__proto__' };
      expect((await post({ order: SEED_ORDER, metadata })).status).toBe(202);
    });

    it.each(['%00', 'not-an-id', '%C3%28', '9'.repeat(300), '..%2F..%2Fetc%2Fpasswd'])(
      'has no order %s',
      async (id) => {
        const answer = await askInternal({ path: `/orders/${id}` });
        expectProblem(answer, id === '%C3%28' ? 400 : 404);
      },
    );
  });

  describe('after all that', () => {
    it('the same process still serves a good request at both listeners', async () => {
      const found = await askPublic({ path: `/v1/card?msisdn=${PHONE}` });
      expect([found.status, found.text.includes('"cardNumber":"0000001"')]).toEqual([200, true]);
      expect((await postOrder(gateway)).status).toBe(202);
      expect(gateway.child.exitCode).toBeNull();
    });

    it("answers with the caller's X-Request-Id, by which its log and its record of calls name the request", async () => {
      const answer = await askPublic({ path: '/v1/card/0000001', headers: { 'X-Request-Id': 'wallet-7' } });
      expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, 'wallet-7']);
      const expected = { requestId: 'wallet-7', method: 'getCard', code: 'ok', httpStatus: 200, card: '••••001' };
      const line = await until('it is in the log', async () => gateway.log.find((l) => l['requestId'] === 'wallet-7'));
      expect(line).toMatchObject({ ...expected, level: 'info', msg: 'loyalty call', durationMs: expect.any(Number) });
      const recorded = await until('it is recorded', async () => (await lastCalls('?requestId=wallet-7'))[0]);
      expect(recorded).toMatchObject(expected);
    });

    it('its log, metrics, traces and record of calls contain nothing personal or secret, and report no failure of its own', async () => {
      const refused = await lastCalls('?code=1001&limit=200');
      expect(refused.length).toBeGreaterThan(5);
      const metrics = await (await operator('/admin/metrics')).text();
      expect(metrics).toMatch(/^vestibule_loyalty_calls_total\{method="findCard",code="ok"\} [1-9]/m);
      expect(metrics).toMatch(/^vestibule_login_failures_total\{listener="public",answer="[a-z-]+"\} [1-9]/m);
      await until('a trace arrives', async () => collector.spans.find(({ name }) => name === 'POST /orders'));
      const log = [
        ...gateway.log.map((line) => JSON.stringify(line)),
        ...said,
        ...collector.received,
        metrics,
        JSON.stringify(await lastCalls('?limit=200')),
      ].join('\n');
      const secrets = Object.values(SECRETS).flatMap((value) => value.split(',').map((pair) => pair.split(':').pop()!));
      for (const hidden of [PHONE, SEED_ORDER.phone, WRONG_PASSWORD, WRONG_KEY, ...secrets]) {
        expect(log).not.toContain(hidden);
        expect(log).not.toContain(Buffer.from(hidden).toString('base64').replace(/=+$/, '').slice(0, -1));
      }
      expect(gateway.log.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
      expect(said.join('')).toBe('');
    });
  });
});
