import { beforeAll, describe, expect, it } from '@jest/globals';
import { PROGRAMMES } from '../harness/programmes.js';
import { withGateway } from '../harness/with-gateway.js';

const CONTENT_TYPE = 'application/json; charset=utf-8;';

describe.each(PROGRAMMES)('the loyalty API on %s', (programme) => {
  const { gateway, database, start } = withGateway({ programme, env: { ROLES: 'loyalty' } });

  beforeAll(async () => {
    await database.pool.query(`
      with member as (
        insert into members (msisdn, email, birth_date) values
          ('79160000001', 'Anna@Example.com', '1990-04-12'),
          ('79160000002', 'boris@example.com', '1985-11-30'),
          ('79160000003', 'vera@example.com', '1985-11-30'),
          ('79160000004', 'gleb@example.com', '1979-07-07')
        returning id, msisdn
      )
      insert into cards (number, member_id, state, barcode, barcode_type)
      select '000' || right(msisdn, 4), id, case msisdn when '79160000004' then 'blocked' else 'active' end,
             '4600000000' || right(msisdn, 3), 'CODE_128' from member`);
  });

  interface Call {
    readonly method?: string;
    readonly body?: unknown;
    readonly credentials?: string | undefined;
  }
  async function call(path: string, { method = 'GET', body, credentials = 'wallet:test-wallet-password' }: Call = {}) {
    const response = await fetch(gateway.publicUrl + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
  const search = (query: string) => call(`/v1/card?${query}`);
  const codeOf = ({ text }: { text: string }): string => (JSON.parse(text) as { code: string }).code;

  const ANNA =
    '{"card":{"cardNumber":"0000001","cardState":"active",' +
    '"barcode":{"barcodeNumber":"4600000000001","barcodeType":"CODE_128"}}}';

  it.each([
    ['the phone', 'msisdn=79160000001'],
    ['the phone with a plus', 'msisdn=%2B79160000001'],
    ['the phone with an 8', 'msisdn=89160000001'],
    ['the e-mail', 'email=anna@example.com'],
    ['the e-mail in capitals', 'email=ANNA@EXAMPLE.COM'],
    ['the birth date', 'birthDate=1990-04-12'],
    ['the phone, though the e-mail is unknown', 'msisdn=79160000001&email=no-one@example.com'],
    ['the phone, though others share the birth date', 'msisdn=79160000001&birthDate=1985-11-30'],
    ['the phone, among parameters it does not know', 'msisdn=79160000001&shoeSize=44'],
  ])('finds a card by %s, and answers the documented JSON', async (_by, query) => {
    const answer = await search(query);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(CONTENT_TYPE);
    expect(answer.text).toBe(ANNA);
  });

  it('answers 200 with an empty body for an unknown phone', async () => {
    const answer = await search('msisdn=79169999999');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(CONTENT_TYPE);
    expect(answer.text).toBe('');
  });

  it.each([
    ['a blocked card', 'msisdn=79160000004', '3002'],
    ['several cards', 'msisdn=79160000001&email=boris@example.com', '3003'],
    ['several cards of one birth date', 'birthDate=1985-11-30', '3003'],
    ['no parameter', 'shoeSize=44', '2105'],
    ['something that is no phone', 'msisdn=abc', '2101'],
    ['a day that does not exist', 'birthDate=2001-02-30', '2103'],
  ])('answers 422 with its own code for %s', async (_what, query, code) => {
    const answer = await search(query);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe(CONTENT_TYPE);
    expect(codeOf(answer)).toBe(code);
  });

  it('decides between a phone and an e-mail of different cards by the birth date', async () => {
    expect((await search('msisdn=79160000001&email=boris@example.com&birthDate=1990-04-12')).text).toBe(ANNA);
  });

  it('answers a wrong password with 401, the error body, and how to do it right', async () => {
    const answer = await call('/v1/card?msisdn=79160000001', { credentials: 'wallet:wrong' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
    expect(answer.headers.get('content-type')).toBe(CONTENT_TYPE);
    expect(JSON.parse(answer.text)).toEqual({ code: '1001', description: 'Неверный логин или пароль' });
  });

  const channels = async (): Promise<Record<string, boolean>> => {
    const { rows } = await database.pool.query<{ channel: string; allowed: boolean }>(
      `select channel, allowed from channel_consents where card_number = '0000002'`,
    );
    return Object.fromEntries(rows.map(({ channel, allowed }) => [channel, allowed]));
  };
  const setChannels = (body: unknown, method = 'PUT', card = '0000002') =>
    call(`/v1/card/${card}/communication`, { method, body });

  it('stores allowed and denied channels, unknown ones too, and does not change the others', async () => {
    const answer = await setChannels({ allow: ['sms', 'email'], deny: ['call'] });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('content-type')).toBe(CONTENT_TYPE);
    await setChannels({ allow: ['push', 'call'], deny: ['call', 'sms'] }, 'POST');
    expect(await channels()).toEqual({ sms: false, email: true, call: false, push: true });
  });

  it('records every change as proof of consent, and none for a repeated call', async () => {
    const history = async (): Promise<number | null> =>
      (await database.pool.query(`select from channel_consent_history where card_number = '0000003'`)).rowCount;
    for (const body of [{ allow: ['sms'] }, { allow: ['sms'] }, { deny: ['sms'] }])
      await setChannels(body, 'PUT', '0000003');
    expect(await history()).toBe(2);
  });

  it('answers 422 for channels of a card that does not exist', async () => {
    expect(codeOf(await setChannels({ allow: ['sms'] }, 'PUT', '9999999'))).toBe('3001');
  });

  // The entry point decides this, so it is the same for every programme.
  if (programme !== 'the built-in programme') return;

  it('hides methods later than the chosen version', async () => {
    const old = await start({
      KOSHELEK_API_VERSION: '1.0.0',
    });
    const response = await fetch(`${old.publicUrl}/v1/promo/code`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('wallet:test-wallet-password')}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(422);
    expect(codeOf({ text: await response.text() })).toBe('1103');
  });

  it.each(['/api/v1', '/shop/v1', '/v1', '/v1/v1'])('serves below the base path %s', async (basePath) => {
    const other = await start({ PUBLIC_BASE_PATH: basePath });
    const headers = { authorization: `Basic ${btoa('wallet:test-wallet-password')}` };
    const found = await fetch(`${other.publicUrl}${basePath}/v1/card?msisdn=79160000001`, { headers });
    expect([found.status, await found.text()]).toEqual([200, ANNA]);
    const card = await fetch(`${other.publicUrl}${basePath}/v1/card/0000001`, { headers });
    expect([card.status, card.headers.get('content-type')]).toEqual([200, CONTENT_TYPE]);
  });

  it.each(['/v1/card/?msisdn=79160000001', '/v1/card/0000001/', '/v1/card/0000001/purchases/?startDate=2026-01-01'])(
    'ignores the slash at the end of %s',
    async (path) => {
      const headers = { authorization: `Basic ${btoa('wallet:test-wallet-password')}` };
      const [withSlash, without] = await Promise.all(
        [path, path.replace(/\/(?=$|\?)/, '')].map(async (each) =>
          (await fetch(gateway.publicUrl + each, { headers })).text(),
        ),
      );
      expect(withSlash).toBe(without);
      expect(withSlash).not.toContain('"code"');
    },
  );

  it.each(['Basic  ', 'basic   ', 'BASIC \t '])('takes credentials behind any blanks: %j', async (scheme) => {
    const answer = await fetch(`${gateway.publicUrl}/v1/card?msisdn=79160000001`, {
      headers: { authorization: scheme + btoa('wallet:test-wallet-password') },
    });
    expect([answer.status, await answer.text()]).toEqual([200, ANNA]);
  });

  it('serves below a base path, and answers 422 to wrong credentials where that is chosen', async () => {
    const other = await start({
      PUBLIC_BASE_PATH: '/cardsmobile',
      KOSHELEK_AUTH_FAILURE_STATUS: '422',
      KOSHELEK_CREDENTIALS: 'wallet:old-password,wallet:new-password',
    });
    const ask = (password: string) =>
      fetch(`${other.publicUrl}/cardsmobile/v1/card?msisdn=79160000001`, {
        headers: { authorization: `Basic ${btoa(`wallet:${password}`)}` },
      });
    expect(await (await ask('old-password')).text()).toBe(ANNA);
    expect(await (await ask('new-password')).text()).toBe(ANNA);
    expect((await ask('wrong')).status).toBe(422);
  });
});
