import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@vestibule/gateway/embedded-postgres';
import { SECRETS } from '../../harness/gateway-process.js';

const MAIN = fileURLToPath(new URL('../../../../apps/sandbox/dist/main.js', import.meta.url));
const POLL_MS = 50;

/** The stand-in for Тройка Бизнес in its own process. */
export interface SandboxProcess {
  readonly url: string;
  /** SIGSTOP makes it unresponsive without losing its book, SIGCONT resumes it. */
  send(signal: NodeJS.Signals): void;
  /** Whether it answers every call with 500 and executes none, or continues as it was started. */
  failAlways(isFailing: boolean): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the stand-in, with faults of every kind on a part of the calls.
 *
 * @param givenPort any free one by default
 */
export async function startSandboxProcess(
  faults: { rate: number; seed: number },
  givenPort?: number,
): Promise<SandboxProcess> {
  const port = givenPort ?? (await freePort());
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH, HOME, ...SECRETS, SANDBOX_PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const closed = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  const set = async (isFailing = false): Promise<boolean> => {
    const body = JSON.stringify(
      isFailing ? { ...faults, mode: 'http-500-before', rate: 1 } : { mode: 'mixed', ...faults },
    );
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/_control/faults`, { method: 'PUT', headers, body }).catch(() => undefined);
    return response?.ok === true;
  };
  while (!(await set())) {
    if (child.exitCode !== null) throw new Error(`the stand-in did not start (exit ${child.exitCode})`);
    await delay(POLL_MS);
  }
  return {
    url,
    failAlways: async (isFailing) => {
      while (!(await set(isFailing))) await delay(POLL_MS);
    },
    send: (signal) => void child.kill(signal),
    stop: async () => {
      child.kill('SIGTERM');
      // A stopped process reacts to nothing else.
      child.kill('SIGCONT');
      await closed;
    },
  };
}
