import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPool } from './pool.js';

/** A message of PostgreSQL's protocol: its type, its length, its body. */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const TERMINATED = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

let server: Server;

beforeEach(async () => {
  // A real server does this when an administrator ends a session in the moment it becomes ready; it cannot be made to.
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, TERMINATED])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
});

test('a connection that is ended in the packet that makes it ready is an error of its user, not of the process', async () => {
  const { port } = server.address() as AddressInfo;
  const pool = createPool({ url: `postgres://u@127.0.0.1:${port}/v`, size: 1, onIdleError: () => undefined });
  for (let round = 0; round < 20; round += 1) {
    await expect(pool.query('select 1')).rejects.toThrow(/terminat|connection error/);
    await expect(pool.connect()).rejects.toThrow(/terminat|connection error/);
  }
  await pool.end();
});
