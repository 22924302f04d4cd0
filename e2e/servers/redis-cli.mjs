import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLL_MS = 50;
const LIMIT_MS = 30_000;

/**
 * Runs a command on a Redis on loopback.
 *
 * @param {number} port
 * @param {readonly string[]} command
 * @returns {Promise<string>} its output, one line per item
 */
export async function askRedis(port, command) {
  const { stdout } = await run('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...command]);
  return stdout;
}

/**
 * Repeats a command until the output is as awaited.
 *
 * @param {string} what for the message at the time limit
 * @param {number} port
 * @param {readonly string[]} command
 * @param {(output: string) => boolean} isAwaited
 */
export async function untilRedis(what, port, command, isAwaited) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const said = await askRedis(port, command).catch((error) => String(error.message));
    if (isAwaited(said)) return;
    if (Date.now() > deadline) throw new Error(`waited ${LIMIT_MS / 1000} s in vain: ${what}; last said: ${said}`);
    await delay(POLL_MS);
  }
}
