import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { showLog } from './log-lines.mjs';
import { ROOT } from './set-up.mjs';
import { StepError } from './steps.mjs';

const PARENT_CHECK_MS = 1_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Starts one of our programs in a process group of its own, so that a Ctrl-C reaches only us and we stop it in order.
 * It notices by the closed channel when we have died.
 *
 * @param {string} file the built program, from the root of the repository
 * @param {Record<string, string>} env defaults; what the environment has wins
 * @param {readonly string[]} [nodeArgs] options of Node itself
 * @returns {{ ready: Promise<any>, unexpectedEnd: Promise<void>, stop: () => Promise<void> }} `ready` has the addresses
 *   that the program serves; `unexpectedEnd` fails if it ends without `stop`
 */
export function launch(file, env, nodeArgs = []) {
  const child = spawn(process.execPath, [...nodeArgs, join(ROOT, file)], {
    cwd: ROOT,
    env: { ...env, ...withoutEmpty(process.env) },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  // Who sets a level wants to see all that has it.
  void showLog(child.stdout, { everything: Boolean(process.env.LOG_LEVEL) });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let stopping = false;
  const ready = new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    // It has said why on standard error, so there is nothing to add.
    void ended.then(() => reject(new StepError('')));
  });
  ready.catch(() => undefined);
  const unexpectedEnd = ended.then((code) => {
    if (!stopping) throw new StepError(`${file} ended unexpectedly (exit ${code})`);
  });
  unexpectedEnd.catch(() => undefined);
  const stop = async () => {
    stopping = true;
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    // A second Ctrl-C is for it too: it then aborts work in progress.
    const passOn = () => child.kill('SIGTERM');
    for (const signal of SIGNALS) process.on(signal, passOn);
    await ended;
    for (const signal of SIGNALS) process.off(signal, passOn);
  };
  return { ready, unexpectedEnd, stop };
}

function withoutEmpty(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Resolves on Ctrl-C, on a polite kill, when the terminal goes away, and when npm was killed above us. */
export function stopRequest() {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, resolve);
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), PARENT_CHECK_MS).unref();
  });
}
