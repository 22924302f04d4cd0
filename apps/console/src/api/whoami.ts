import type { Role } from '../session.js';
import { call } from './call.js';
import type { Result } from './problem.js';

/** Asks under which name the gateway knows a key, and what it may do. */
export function whoAmI(key: string): Promise<Result<{ readonly name: string; readonly role: Role }>> {
  return call('GET', '/admin/whoami', { key });
}
