import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readChannels } from '../index.js';

function refusal(body: unknown): { code: string; description: string } {
  const channels = readChannels(body);
  if (channels.ok) throw new Error('accepted');
  return channels.error;
}

describe('readChannels', () => {
  it("reads the contract's example", () => {
    expect(readChannels({ allow: ['sms', 'email'], deny: ['call'] })).toEqual({
      ok: true,
      value: { allow: ['sms', 'email'], deny: ['call'] },
    });
  });

  it('keeps unknown channels', () => {
    expect(readChannels({ allow: ['push', 'голубь'] })).toEqual({
      ok: true,
      value: { allow: ['push', 'голубь'], deny: [] },
    });
  });

  it('prefers deny to allow', () => {
    expect(readChannels({ allow: ['sms', 'call'], deny: ['sms '] })).toEqual({
      ok: true,
      value: { allow: ['call'], deny: ['sms'] },
    });
  });

  it('takes a code in any case, and with invisible characters, as one channel', () => {
    expect(readChannels({ allow: ['sms', 'PUSH'], deny: ['SMS', 's\u200bms'] })).toEqual({
      ok: true,
      value: { allow: ['push'], deny: ['sms'] },
    });
  });

  it('takes a code in any Unicode form of its letters as one channel', () => {
    expect(readChannels({ allow: ['\u0438\u0306'], deny: ['Й'] })).toEqual({
      ok: true,
      value: { allow: [], deny: ['й'.normalize('NFC')] },
    });
  });

  it('collapses duplicates', () => {
    expect(readChannels({ deny: ['sms', 'sms'] })).toEqual({ ok: true, value: { allow: [], deny: ['sms'] } });
  });

  it('treats an absent, null or empty list as empty', () => {
    const nothing = { ok: true, value: { allow: [], deny: [] } };
    expect(readChannels({ allow: [] })).toEqual(nothing);
    expect(readChannels({ allow: null, deny: null })).toEqual(nothing);
    expect(readChannels({ allow: [], deny: [], extra: 1 })).toEqual(nothing);
  });

  it('refuses a body without both lists', () => {
    expect(refusal({})).toEqual({ code: '2001', description: 'Не указано обязательное поле allow или deny' });
    expect(refusal({ allowed: ['sms'] }).code).toBe('2001');
  });

  it.each([
    [undefined, '1117'],
    [null, '1118'],
    [[], '1118'],
    ['sms', '1118'],
    [1, '1118'],
  ])('refuses the body %j', (body, expected) => {
    expect(refusal(body).code).toBe(expected);
  });

  it.each([
    [{ allow: 'sms' }, '2002', 'allow'],
    [{ deny: { sms: true } }, '2002', 'deny'],
    [{ allow: ['sms', 1] }, '2002', 'allow[1]'],
    [{ deny: [null] }, '2002', 'deny[0]'],
    [{ allow: [' '] }, '2001', 'allow[0]'],
    [{ allow: ['x'.repeat(51)] }, '2003', 'allow[0]'],
    [{ allow: ['a\u0000'] }, '2005', 'allow[0]'],
    [{ deny: ['\ud800'] }, '2005', 'deny[0]'],
    [{ deny: Array.from({ length: 51 }, String) }, '2004', 'deny'],
  ])('refuses %j and names the position', (body, code, field) => {
    expect(refusal(body)).toEqual({ code, description: expect.stringContaining(` ${field}`) });
  });

  it('never throws, and never leaves a channel in both lists', () => {
    const body = fc.record({ allow: fc.array(fc.constantFrom('sms', 'call', 'push')), deny: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), body), (given) => {
        const channels = readChannels(given);
        if (channels.ok) expect(channels.value.allow.filter((code) => channels.value.deny.includes(code))).toEqual([]);
      }),
    );
  });
});
