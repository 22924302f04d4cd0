import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSigner } from '@vestibule/signer';
import { REFUSALS, type Refusal } from '../refusals.js';
import type { Sandbox } from '../start-sandbox.js';
import {
  type Changes,
  PartnerClient,
  EXAMPLE_ORDER,
  EXAMPLE_REQUEST,
  control,
  executedOrders,
  profileOf,
  startTestSandbox,
} from '../testing/partner-client.js';

let sandbox: Sandbox;
let client: PartnerClient;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  client = new PartnerClient(sandbox);
});

beforeEach(async () => {
  await control(sandbox, 'DELETE', '');
});

afterAll(async () => sandbox.close());

async function expectRefusal(text: string | Buffer, changes: Changes, refusal: Refusal): Promise<void> {
  const answer = await client.envelope(text, changes);
  expect(answer).toMatchObject({ status: refusal.httpStatus, resultCode: refusal.resultCode, body: undefined });
  expect(answer.resultMessage).toContain(refusal.resultMessage);
  expect(await executedOrders(sandbox)).toEqual([]);
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('a caller who is not known', () => {
  it.each([
    ['no Authorization', null],
    ['another scheme', 'Bearer user:pass:word'],
    ['a wrong user', basic('usera:pass:word')],
    ['a wrong password', basic('user:pass:wore')],
    ['only the beginning of the password', basic('user:pass')],
    ['something that is not base64', 'Basic ***'],
  ])('is refused with 401: %s', async (_name, authorization) => {
    await expectRefusal(EXAMPLE_REQUEST, { headers: { authorization } }, REFUSALS.notAuthenticated);
  });

  it('is refused with 401 without a signature', async () => {
    await expectRefusal(EXAMPLE_REQUEST, { headers: { 'x-signature': null } }, REFUSALS.noSignature);
  });

  it.each(['', '00', 'e5347a2bd88fecf3555da82c08bec850c067cc9b', 'not hex at all'])(
    'is refused with 401 for the signature %p',
    async (signature) => {
      await expectRefusal(EXAMPLE_REQUEST, { headers: { 'x-signature': signature } }, REFUSALS.wrongSignature);
    },
  );

  it('is refused when the bytes differ from the signed ones, even with the same meaning', async () => {
    const signer = createSigner(profileOf('hmac-sha1:hex'), [{ text: 'test-key' }]);
    const request = { method: 'POST', path: '/', query: '', contentType: 'application/json', date: new Date() };
    const { headers } = await signer.sign({ ...request, body: Buffer.from(EXAMPLE_REQUEST) });
    const changed = EXAMPLE_REQUEST.replace('{"message":', '{ "message":');
    const signature = headers['X-Signature'] ?? '';
    await expectRefusal(changed, { headers: { 'x-signature': signature } }, REFUSALS.wrongSignature);
  });
});

describe('a header', () => {
  it.each<[string, string | null, Refusal]>([
    ['content-type', null, REFUSALS.contentType],
    ['content-type', 'text/plain', REFUSALS.contentType],
    ['content-type', 'application/x-www-form-urlencoded', REFUSALS.contentType],
    ['content-type', 'nonsense', REFUSALS.contentType],
    ['accept', null, REFUSALS.accept],
    ['accept', '*/*', REFUSALS.accept],
    ['accept', 'text/html', REFUSALS.accept],
    ['user-agent', null, REFUSALS.userAgent],
    ['user-agent', 'node', REFUSALS.userAgent],
    ['user-agent', 'Test/', REFUSALS.userAgent],
    ['user-agent', 'Test/1.0 (Suite', REFUSALS.userAgent],
  ])('%s: %p is refused', async (name, value, refusal) => {
    await expectRefusal(EXAMPLE_REQUEST, { headers: { [name]: value } }, refusal);
  });

  it.each([
    ['content-type', 'application/json; charset=utf-8'],
    ['content-type', 'Application/JSON'],
    ['accept', 'application/json, text/plain, */*'],
    ['user-agent', 'Bitrix/21.0 (Invoicebox 3.0)'],
    ['user-agent', 'Vestibule Gateway/1.0 (orders 2) linux x64'],
    ['authorization', `basic ${Buffer.from('user:pass:word').toString('base64')}`],
  ])('%s: %p is taken', async (name, value) => {
    expect(await client.call('app_get_region', {}, { headers: { [name]: value } })).toMatchObject({ resultCode: 0 });
  });
});

describe('the envelope', () => {
  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['no JSON', '<message/>'],
    ['cut JSON', EXAMPLE_REQUEST.slice(0, -1)],
    ['JSON without a message', '{}'],
    ['a message without a head', '{"message":{"body":{}}}'],
    ['a body that is a text', '{"message":{"head":{},"body":"x"}}'],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from(EXAMPLE_REQUEST.slice(0, 100)), Buffer.of(0xff, 0xfe)])],
    ['nesting without end', '['.repeat(100_000)],
  ])('is refused when it is %s', async (_name, text) => {
    await expectRefusal(text, {}, REFUSALS.notAnEnvelope);
  });

  it('is refused beyond one mebibyte, with any content', async () => {
    await expectRefusal(EXAMPLE_REQUEST + ' '.repeat(1024 * 1024), {}, REFUSALS.tooLarge);
  });
});

describe('the head', () => {
  it.each<[string, unknown, Refusal]>([
    ['type', undefined, REFUSALS.unknownMethod],
    ['type', 'app_delete_order', REFUSALS.unknownMethod],
    ['type', 'constructor', REFUSALS.unknownMethod],
    ['terminalId', 'bus_000000000000000', REFUSALS.terminalId],
    ['languageId', 'en', REFUSALS.languageId],
    ['phone', '+71044826548', REFUSALS.apiUser],
    ['time', undefined, REFUSALS.time],
    ['time', 1_650_576_062, REFUSALS.time],
    ['time', '22.04.2022 00:21:02', REFUSALS.time],
    ['time', '2022-04-22T00:21:02', REFUSALS.time],
    ['time', '2022-02-30 00:21:02 +03:00', REFUSALS.time],
    ['time', '2022-04-22 24:21:02 +03:00', REFUSALS.time],
    ['time', '2022-04-22T00:21:02 +03:00', REFUSALS.time],
  ])('with %s %p is refused', async (name, value, refusal) => {
    const changed = (JSON.parse(EXAMPLE_REQUEST) as { message: { head: object; body: object } }).message;
    const message = { ...changed, head: { ...changed.head, [name]: value } };
    await expectRefusal(JSON.stringify({ message }), {}, refusal);
  });

  it.each(['2022-04-22 00:21:02 +03:00', '2022-04-22T00:21:02+03:00', '2024-02-29T23:59:59-05:30'])(
    'takes the time %s',
    async (time) => {
      expect(await client.call('app_get_region', {}, { head: { time } })).toMatchObject({ resultCode: 0 });
    },
  );

  it('may have unknown fields', async () => {
    expect(await client.call('app_get_region', {}, { head: { version: 3 } })).toMatchObject({ resultCode: 0 });
  });
});

describe('the body', () => {
  it('is refused with the pointers of its faults and without the values', async () => {
    const order = {
      ...EXAMPLE_ORDER,
      phone: '8-SECRET',
      orderData: [{ ...EXAMPLE_ORDER.orderData[0], cardNumber: 'SECRET' }],
    };
    const answer = await client.call('app_create_order', order);
    expect(answer).toMatchObject({ status: 200, resultCode: REFUSALS.body.resultCode });
    expect(answer.resultMessage).toContain('/phone, /orderData/0/cardNumber');
    expect(answer.resultMessage).not.toContain('SECRET');
  });

  it.each([undefined, [], {}])('may be %p for a method without parameters', async (body) => {
    const text = JSON.stringify({ message: { head: JSON.parse(EXAMPLE_REQUEST).message.head, body } });
    const answer = await client.envelope(text.replace('app_create_order', 'app_get_businessaccount'));
    expect(answer).toMatchObject({ resultCode: 0 });
  });

  it('is refused when a field is called __proto__', async () => {
    const text = EXAMPLE_REQUEST.replace('"orderData"', '"__proto__":{},"orderData"');
    await expectRefusal(text, {}, REFUSALS.body);
  });
});

describe('another signature profile', () => {
  it('verifies a template over the path and the query as received', async () => {
    const profile = profileOf('hmac-sha256:base64', '{method}\\n{path}\\n{query}\\n{body}');
    const keys = [{ text: 'another-key' }];
    const other = await startTestSandbox({ signature: { profile, keys } });
    try {
      const otherClient = new PartnerClient(other, createSigner(profile, keys));
      expect(await otherClient.envelope(EXAMPLE_REQUEST, { path: '/?a=%20b&c' })).toMatchObject({ resultCode: 0 });
      expect(await new PartnerClient(other).envelope(EXAMPLE_REQUEST)).toMatchObject({
        resultCode: REFUSALS.wrongSignature.resultCode,
      });
    } finally {
      await other.close();
    }
  });
});
