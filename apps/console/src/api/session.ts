import { enter, leave, type Session } from '../session.js';
import { call } from './call.js';
import type { Problem, Result } from './problem.js';

/** Finds out whether this browser has a session. */
export function resumeSession(): Promise<Result<Session>> {
  return call('GET', '/admin/whoami', { isAsking: true });
}

/** Gives the key for a session. @returns the problem, or undefined when it was taken */
export async function signIn(key: string): Promise<Problem | undefined> {
  const result = await call<Session>('POST', '/admin/session', { key });
  if (!result.ok) return result.problem;
  enter(result.value);
  return undefined;
}

/** Ends the session in this browser. While the gateway is away, it stays and the person learns of it. */
export async function signOut(): Promise<void> {
  const result = await call('DELETE', '/admin/session');
  leave(result.ok ? undefined : result.problem.detail);
}
