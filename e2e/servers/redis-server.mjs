import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has the program `redis-server`. */
export function hasRedisServer() {
  return new Promise((resolve) => execFile('redis-server', ['--version'], (error) => resolve(error === null)));
}

/**
 * Starts a new Redis for the tests on loopback, without persistence.
 *
 * @param {number} [port] any free one by default
 * @param {readonly string[]} [settings] further ones, as on the command line
 */
export async function startRedis(port, settings = []) {
  // Commands import this file before anything is built.
  const chosen = port ?? (await (await import('@vestibule/gateway/embedded-postgres')).freePort());
  const dir = await mkdtemp(join(tmpdir(), 'vestibule-redis-'));
  const nothingOnDisk = ['--save', '', '--appendonly', 'no', '--dir', dir];
  const { child, stop } = await runRedis(
    ['--port', String(chosen), '--bind', '127.0.0.1', ...nothingOnDisk, ...settings],
    'Ready to accept connections',
  );
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    /** @param {NodeJS.Signals} signal */
    send: (signal) => child.kill(signal),
    /** @param {NodeJS.Signals} [signal] */
    stop: async (signal) => {
      await stop(signal);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the program `redis-server` and waits until it says that it serves.
 *
 * @param {readonly string[]} args
 * @param {string} sign what it says then
 */
export async function runRedis(args, sign) {
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`redis-server did not start: ${said}`)));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4_000);
      if (said.includes(sign)) resolve();
    });
  });
  return {
    child,
    /** @param {NodeJS.Signals} [signal] */
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      // A process stopped by SIGSTOP reacts to nothing else.
      child.kill('SIGCONT');
      await ended;
    },
  };
}
