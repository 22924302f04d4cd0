import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { StepError } from '../steps.mjs';

const POLL_MS = 500;
/** A busy machine installs and builds for minutes. */
const LIMIT_MS = 1_200_000;

/**
 * A shell of the newcomer in their clone.
 *
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @param {(command: string) => string} adapt gives the command the ports of this run
 */
export function openShell(cwd, env, adapt) {
  /** With a promise of the end of each. */
  const children = new Map();
  const start = (command) => {
    const words = adapt(command);
    // A group of its own, so that a signal reaches all that the command has started.
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn('bash', ['-euo', 'pipefail', '-c', words], { cwd, env, detached: true, stdio });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (said = (said + chunk).slice(-100_000)));
    }
    const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
    children.set(child, ended);
    void ended.then(() => children.delete(child));
    const failure = (code) => new StepError(`it ended with ${code}:\n${words}\n${said.slice(-4_000)}`);
    return {
      said: () => said,
      ended: ended.then((code) => {
        if (code !== 0) throw failure(code);
        return said;
      }),
      stop: async (signal = 'SIGTERM') => {
        if (children.has(child)) process.kill(-child.pid, signal);
        await ended;
      },
      isRunning: () => children.has(child),
      failure,
    };
  };

  /** Runs commands to their end. @returns {Promise<string>} what they said */
  const run = (command) => start(command).ended;

  return {
    run,
    /** Starts a program that keeps running, and waits until it has said something. */
    async serve(command, sign) {
      const program = start(command);
      program.ended.catch(() => undefined);
      await waitFor(sign, () => {
        if (!program.isRunning()) throw program.failure('an end');
        return program.said().includes(sign) || undefined;
      });
      return program;
    },
    /** Repeats commands until their output is as expected. */
    async until(what, command, isReached) {
      let last = '';
      return await waitFor(what, async () => {
        last = await run(command).catch((error) => error.message);
        return isReached(last) ? last : undefined;
      }).catch(() => {
        throw new StepError(`${what} does not come to be; the last answer:\n${last}`);
      });
    },
    async close() {
      for (const child of children.keys()) process.kill(-child.pid, 'SIGKILL');
      await Promise.all(children.values());
    },
  };
}

async function waitFor(what, look) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new StepError(`${what} has not come within ${LIMIT_MS / 1000} s`);
    await delay(POLL_MS);
  }
}
