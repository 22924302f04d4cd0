import { call } from './call.js';
import type { Result } from './problem.js';

/** The circuit breaker of one process for the company's own system. */
export interface Breaker {
  readonly host: string;
  readonly state: 'closed' | 'open' | 'half-open' | 'isolated';
  readonly since: string;
}

export function lookAtOwnSystem(): Promise<Result<{ readonly breakers: readonly Breaker[] }>> {
  return call('GET', '/admin/own-system');
}
