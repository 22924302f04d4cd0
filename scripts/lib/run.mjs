import { spawn } from 'node:child_process';
import { StepError } from './steps.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end, quietly; its output is shown only if it fails.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, onLine?: (line: string) => void, show?: boolean, cwd?: string }} [options]
 *   `show` passes its output through at once
 */
export async function run(program, args, { env = {}, onLine, show = false, cwd } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a signal can be passed on to everything that it has started.
    detached: true,
  });
  const passOn = (signal) => child.pid !== undefined && child.exitCode === null && process.kill(-child.pid, signal);
  for (const signal of SIGNALS) process.on(signal, passOn);
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      for (const line of chunk.split('\n').filter((text) => text.trim() !== '')) {
        lines.push(line);
        onLine?.(line);
      }
    });
  }
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)).finally(() => {
    for (const signal of SIGNALS) process.off(signal, passOn);
  });
  if (code === 0) return;
  const said = lines.slice(-40).join('\n');
  throw new StepError(`${program.split('/').at(-1)} ${args.join(' ')} failed (exit ${code})${said && `\n${said}`}`);
}
