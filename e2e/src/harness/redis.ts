import { Redis } from 'ioredis';

/** Empties the Redis that the suites share, if there is one. */
export async function emptyRedis(): Promise<void> {
  const url = process.env['TEST_REDIS_URL'];
  if (url === undefined) return;
  const redis = new Redis(url);
  await redis.flushall();
  redis.disconnect();
}
