import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { keepConnected } from './keep-connected.js';

const { TEST_REDIS_URL: url } = process.env;

for (const server of url === undefined ? [] : [url]) {
  describe('a client that has ended, with the queue on redis', () => {
    it('is connected again, and ends for good only when it is disconnected on purpose', async () => {
      const client = new Redis(server);
      const kept = keepConnected(client);
      await once(client, 'ready');
      client.disconnect();
      await once(client, 'end');
      await once(client, 'ready');
      expect(await client.ping()).toBe('PONG');
      kept.disconnect();
      await once(client, 'end');
      expect(client.status).toBe('end');
    });
  });
}
