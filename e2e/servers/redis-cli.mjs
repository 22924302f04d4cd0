import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POLL_MS = 50;
const LIMIT_MS = 30_000;

/**
 * Asks a Redis on loopback something.
 *
 * @param {number} port
 * @param {readonly string[]} command
 * @returns {Promise<string>} what it said, one line per item
 */
export async function askRedis(port, command) {
  const { stdout } = await run('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...command]);
  return stdout;
}

/**
 * Asks again and again until the answer is as awaited.
 *
 * @param {string} what for the message when it never is
 * @param {number} port
 * @param {readonly string[]} command
 * @param {(said: string) => boolean} isAwaited
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
