import { describe, expect, it } from '@jest/globals';
import { hashPhone, isHashOf } from './phone-hash.js';

describe('the hash of a phone', () => {
  it('proves whose data it was about, to anyone who knows the phone', async () => {
    const hash = await hashPhone('+79260000001');
    expect(hash).not.toContain('9260000001');
    expect(await isHashOf(hash, '+79260000001')).toBe(true);
    expect(await isHashOf(hash, '+79260000002')).toBe(false);
    expect(await isHashOf('no hash', '+79260000001')).toBe(false);
  });

  it('differs each time, so that entries about one person cannot be linked', async () => {
    expect(await hashPhone('+79260000001')).not.toBe(await hashPhone('+79260000001'));
  });
});
