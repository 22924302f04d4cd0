import { call } from './call.js';
import type { Result } from './problem.js';

/** Wrong secrets from one address, of the last day. */
export interface FailedLogin {
  readonly listener: 'public' | 'internal';
  readonly address: string;
  readonly failures: number;
  readonly slowed: number;
  readonly lastAt: string;
}

export function listFailedLogins(): Promise<Result<{ readonly logins: readonly FailedLogin[] }>> {
  return call('GET', '/admin/failed-logins');
}
