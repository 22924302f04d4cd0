import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { CallbackError } from './errors.js';
import { verifyCallback, type CallbackHeaders } from './verify-callback.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLD_SECRET = 'whsec_c2VjcmV0LXRoYXQtd2FzLXVzZWQtYmVmb3Jl';
const NOW = new Date('2026-11-24T09:30:00Z');
const BODY = '{"type":"order.confirmed","timestamp":"2026-11-24T09:30:00Z","data":{"order":{"reference":"оплата"}}}';

/** What the official library would have sent. */
function signed(secret = SECRET, at = NOW, body = BODY): Record<string, string> {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at.getTime() / 1_000),
    'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
  };
}
const later = (secs: number): Date => new Date(NOW.getTime() + secs * 1_000);

describe('a callback', () => {
  it('that the official library signed is verified, as a text, as bytes, and with headers of either kind', () => {
    const headers = signed();
    for (const body of [BODY, Buffer.from(BODY)]) {
      const { id, event } = verifyCallback({ headers, body }, SECRET, { now: NOW });
      expect([id, event]).toEqual(['msg_1', JSON.parse(BODY)]);
    }
    expect(verifyCallback({ headers: new Headers(headers), body: BODY }, SECRET, { now: NOW }).id).toBe('msg_1');
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(verifyCallback({ headers: upper, body: BODY }, SECRET, { now: NOW }).id).toBe('msg_1');
  });

  it('is verified with headers of any library: a map, a class with get, lists of one, and pairs', () => {
    const headers = signed();
    const entries = Object.entries(headers);
    const upper = entries.map(([name, value]): [string, string] => [name.toUpperCase(), value]);
    class ForeignHeaders {
      get(name: string): string | null {
        return headers[name.toLowerCase()] ?? null;
      }
    }
    const kinds: CallbackHeaders[] = [
      new Map(entries),
      new Map(upper),
      new ForeignHeaders(),
      Object.fromEntries(entries.map(([name, value]) => [name, [value]])),
      entries,
      upper,
    ];
    for (const kind of kinds) {
      expect(verifyCallback({ headers: kind, body: BODY }, SECRET, { now: NOW }).id).toBe('msg_1');
    }
  });

  it('is refused when a header is repeated or missing, in any kind of headers', () => {
    const twice = { ...signed(), 'webhook-id': ['msg_1', 'msg_2'] };
    for (const headers of [twice, {}, [], new Map<string, string>(), new Headers()]) {
      expect(() => verifyCallback({ headers, body: BODY }, SECRET, { now: NOW })).toThrow('webhook-id is missing');
    }
  });

  it('is believed with the old secret and with the new one while they change, on either side', () => {
    const both = {
      ...signed(),
      'webhook-signature': `${signed(OLD_SECRET)['webhook-signature']} ${signed()['webhook-signature']}`,
    };
    for (const secrets of [SECRET, OLD_SECRET, [OLD_SECRET, SECRET]]) {
      expect(verifyCallback({ headers: both, body: BODY }, secrets, { now: NOW }).id).toBe('msg_1');
    }
    expect(verifyCallback({ headers: signed(OLD_SECRET), body: BODY }, [SECRET, OLD_SECRET], { now: NOW }).id).toBe(
      'msg_1',
    );
  });

  it('is believed for five minutes before and after its time, or as long as one says', () => {
    for (const secs of [-300, 300]) {
      expect(verifyCallback({ headers: signed(), body: BODY }, SECRET, { now: later(secs) }).id).toBe('msg_1');
      const late = () => verifyCallback({ headers: signed(), body: BODY }, SECRET, { now: later(secs * 1.01) });
      expect(late).toThrow('signed more than 300 s from now');
    }
    expect(
      verifyCallback({ headers: signed(), body: BODY }, SECRET, { now: later(3_000), toleranceSecs: 3_600 }).id,
    ).toBe('msg_1');
  });

  it.each<[string, Record<string, string | undefined>, string, string | string[]]>([
    ['another secret', signed(OLD_SECRET), BODY, SECRET],
    ['a changed body', signed(), BODY.replace('confirmed', 'rejected'), SECRET],
    ['another id', { ...signed(), 'webhook-id': 'msg_2' }, BODY, SECRET],
    ['another time', { ...signed(), 'webhook-timestamp': '1796000001' }, BODY, SECRET],
    ['an invalid time', { ...signed(), 'webhook-timestamp': 'now' }, BODY, SECRET],
    ['no signature', { ...signed(), 'webhook-signature': undefined }, BODY, SECRET],
    ['an empty signature', { ...signed(), 'webhook-signature': '' }, BODY, SECRET],
    [
      'another version of the signature',
      { ...signed(), 'webhook-signature': signed()['webhook-signature']?.replace('v1,', 'v2,') },
      BODY,
      SECRET,
    ],
    ['no secret to check with', signed(), BODY, []],
    ['an empty secret', signed(), BODY, ''],
    ['a secret with only the prefix', signed(), BODY, 'whsec_'],
  ])('is not believed with %s', (_, headers, body, secret) => {
    expect(() => verifyCallback({ headers, body }, secret, { now: NOW })).toThrow(CallbackError);
  });
});
