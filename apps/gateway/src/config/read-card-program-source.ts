import type { CardProgramSource } from './config.js';
import type { Environment } from './environment/environment.js';
import { readProxy } from './read-proxy.js';

const MODULE = 'module:';

/** Where cards live, by the form of `CARD_PROGRAM`; missing variables are added to `faults`. */
export function readCardProgramSource(
  environment: Environment,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): CardProgramSource {
  const { CARD_PROGRAM: source, CARD_PROGRAM_TIMEOUT_MS: timeoutMs } = environment;
  if (source === 'postgres') return { kind: 'postgres' };
  if (source.startsWith(MODULE)) return { kind: 'module', file: source.slice(MODULE.length), timeoutMs };
  if (!isPlainAddress(source)) {
    // Not quoted, because it may contain a password.
    faults.push('CARD_PROGRAM is not a plain address; allowed: http(s)://host/path without user, query and fragment');
  }
  if (environment.CARD_PROGRAM_KEY === undefined) {
    faults.push('CARD_PROGRAM_KEY is missing; calls to your own system are signed with it');
  }
  return {
    kind: 'http',
    url: source.replace(/\/+$/, ''),
    key: environment.CARD_PROGRAM_KEY ?? '',
    proxy: readProxy(source, environment, env, faults),
    timeoutMs,
    deadlineMs: environment.CARD_PROGRAM_DEADLINE_MS,
    pauseAfter: environment.CARD_PROGRAM_PAUSE_AFTER,
    pauseMs: environment.CARD_PROGRAM_PAUSE_MS,
  };
}

function isPlainAddress(source: string): boolean {
  if (!URL.canParse(source)) return false;
  const { username, password, search, hash } = new URL(source);
  return username + password + search + hash === '';
}
