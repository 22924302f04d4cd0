import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has the program `redis-server`. */
export function hasRedisServer() {
  return new Promise((resolve) => execFile('redis-server', ['--version'], (error) => resolve(error === null)));
}

/** A port nobody uses at the moment. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts a Redis of its own for the tests, on loopback, with nothing on disk.
 *
 * @param {number} [port] any free one when left out
 */
export async function startRedis(port) {
  const chosen = port ?? (await freePort());
  const dir = await mkdtemp(join(tmpdir(), 'vestibule-redis-'));
  const args = ['--port', String(chosen), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error('redis-server did not start')));
    child.stdout.setEncoding('utf8').on('data', (text) => text.includes('Ready to accept connections') && resolve());
  });
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    /** @param {NodeJS.Signals} [signal] */
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}
