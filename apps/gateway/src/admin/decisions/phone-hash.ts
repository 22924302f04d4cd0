import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/**
 * What the audit keeps of a phone: enough to prove later whose data was erased, by whoever knows the phone. There are
 * so few phones that a plain hash could be turned back by trying them all; scrypt with a salt of its own makes each
 * try cost some tens of milliseconds.
 */
export function hashPhone(phone: string): string {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64url')}:${digest(phone, salt).toString('base64url')}`;
}

/** Whether an entry of the audit is about this phone. */
export function isHashOf(hash: string, phone: string): boolean {
  const [scheme, salt = '', expected = ''] = hash.split(':');
  const given = Buffer.from(expected, 'base64url');
  const actual = digest(phone, Buffer.from(salt, 'base64url'));
  return scheme === 'scrypt' && given.length === actual.length && timingSafeEqual(given, actual);
}

function digest(phone: string, salt: Buffer): Buffer {
  return scryptSync(phone, salt, 32);
}
