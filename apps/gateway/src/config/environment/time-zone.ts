import { address } from './rules.js';

/** Names only: PostgreSQL reads the sign of an offset the other way round. */
const ZONE = /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/;

export function isZone(zone: string): boolean {
  if (!ZONE.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format();
    return true;
  } catch {
    // A name that no one knows.
    return false;
  }
}

export const timeZone = address((text) => (isZone(text) ? undefined : 'a time zone, such as Europe/Moscow'));
