import { call } from './call.js';
import type { Result } from './problem.js';

/** Asks under which name the gateway knows a key. */
export function whoAmI(key: string): Promise<Result<{ readonly name: string }>> {
  return call('GET', '/admin/whoami', { key });
}
