import { describe, expect, it } from '@jest/globals';
import { decodeRequest, encodeRequest, JsonNumber, type RequestHead } from './index.js';

const HEAD: RequestHead = {
  type: 'app_create_order',
  terminalId: 'bus_f78a8a6aa7fb3d5',
  languageId: 'ru',
  phone: '+73946027654',
  time: '2022-04-22 00:21:02 +03:00',
};

/** The vendor's example order (troika-business.md, "Vectors"). */
const BODY = {
  orderData: [{ cardNumber: '1234567890', currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' }],
  phone: '+71044826548',
};

const VECTOR_SHA256 = '796a9541aa736fdfc58b9f349ab09159493c08fba199885c6d81a44c38ab3f51';

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

function fieldsOf(bytes: Uint8Array): unknown {
  return (JSON.parse(new TextDecoder().decode(bytes)) as { message: unknown }).message;
}

describe('encodeRequest', () => {
  it("gives the vendor's example as the 299 bytes of the contract's vector", async () => {
    const bytes = encodeRequest(HEAD, BODY);
    expect(bytes.length).toBe(299);
    expect(await sha256(new Uint8Array(bytes))).toBe(VECTOR_SHA256);
  });

  it("writes the head in the vendor's order for any order of the given object", () => {
    const { type, terminalId, languageId, phone, time } = HEAD;
    const shuffled = { time, phone, languageId, terminalId, type };
    expect(encodeRequest(shuffled, BODY)).toEqual(encodeRequest(HEAD, BODY));
  });

  it('writes no field of the head that the contract does not know', () => {
    const more = { ...HEAD, secret: 'x' };
    expect(encodeRequest(more, BODY)).toEqual(encodeRequest(HEAD, BODY));
  });

  it('writes the body in the order of the object given', () => {
    expect(encodeRequest(HEAD, { b: 1, a: 2 }).toString()).toContain('"body":{"b":1,"a":2}');
  });

  it('writes no body key when there is no body, and an empty object when it is empty', () => {
    expect(fieldsOf(encodeRequest(HEAD, undefined))).toEqual({ head: HEAD });
    expect(fieldsOf(encodeRequest(HEAD, {}))).toEqual({ head: HEAD, body: {} });
  });

  it('leaves undefined fields out', () => {
    expect(encodeRequest(HEAD, { id: 1, uuid: undefined }).toString()).toContain('"body":{"id":1}');
  });

  it('keeps leading zeros of a card number', () => {
    expect(encodeRequest(HEAD, { cardNumber: '0000000001' }).toString()).toContain('{"cardNumber":"0000000001"}');
  });

  it('sends an id beyond 2^53 back digit for digit', () => {
    const body = { id: new JsonNumber('9007199254740993'), orderTariffId: 9007199254740995n };
    expect(encodeRequest(HEAD, body).toString()).toContain('"id":9007199254740993,"orderTariffId":9007199254740995');
  });

  it('writes Cyrillic as UTF-8, not as escapes', () => {
    expect(encodeRequest(HEAD, { name: 'Иван' }).includes(Buffer.from('"name":"Иван"', 'utf8'))).toBe(true);
  });

  it('writes valid UTF-8 even for half a character', () => {
    const bytes = encodeRequest(HEAD, { name: '\ud83d' });
    expect(decodeRequest(bytes)).toMatchObject({ ok: true, request: { body: { name: '\ud83d' } } });
  });

  it('refuses an amount that is not a number, naming only the field', () => {
    expect(() => encodeRequest(HEAD, { phone: '+71044826548', orderData: [{ amount: Number.NaN }] })).toThrow(
      new TypeError(
        'cannot write $.message.body.orderData[0].amount as JSON: a number that is not finite has no JSON form',
      ),
    );
  });
});

describe('decodeRequest', () => {
  it('reads what encodeRequest wrote', () => {
    const decoded = decodeRequest(encodeRequest(HEAD, { phone: '+71044826548', id: new JsonNumber('2800.00') }));
    expect(decoded).toEqual({
      ok: true,
      request: { head: HEAD, body: { phone: '+71044826548', id: new JsonNumber('2800.00') } },
    });
  });

  it.each(['', ',"body":null', ',"body":[]'])('reads a message with the tail %j as one without a body', (tail) => {
    expect(decodeRequest(Buffer.from(`{"message":{"head":{"type":"app_get_region"}${tail}}}`))).toEqual({
      ok: true,
      request: { head: { type: 'app_get_region' }, body: undefined },
    });
  });

  it('returns a typed error for anything but an envelope', () => {
    expect(decodeRequest(Buffer.from('{"head":{}}'))).toEqual({
      ok: false,
      error: { kind: 'not-an-envelope', detail: 'message is missing', received: '{"head":{}}' },
    });
  });
});
