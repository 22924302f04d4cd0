import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Short, and of characters that are nothing special in a header, a log or a shell. Digits alone could be a phone. */
const SOUND = /^(?!\d+$)[\w.:-]{1,128}$/;

/** The name of a request in answers and in the log: the caller's own `X-Request-Id` if it is sound, otherwise a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SOUND.test(given) ? given : randomUUID();
}
