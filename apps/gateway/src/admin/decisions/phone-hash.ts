import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const BYTES = 32;

/**
 * What the audit stores of a phone: enough to prove later whose data was erased to anyone who knows the phone. Phones
 * are so few that trying them all would reverse a plain hash; scrypt with its own salt makes each try cost some tens of
 * milliseconds.
 */
export async function hashPhone(phone: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('base64url')}:${(await derive(phone, salt, BYTES)).toString('base64url')}`;
}

/** Whether an entry of the audit is about this phone. */
export async function isHashOf(hash: string, phone: string): Promise<boolean> {
  const [scheme, salt = '', expected = ''] = hash.split(':');
  const given = Buffer.from(expected, 'base64url');
  const actual = await derive(phone, Buffer.from(salt, 'base64url'), BYTES);
  return scheme === 'scrypt' && given.length === actual.length && timingSafeEqual(given, actual);
}
