import { Redis } from 'ioredis';

/** Forgets what earlier suites have left in the Redis they share; where there is none, there is nothing to forget. */
export async function emptyRedis(): Promise<void> {
  const url = process.env['TEST_REDIS_URL'];
  if (url === undefined) return;
  const redis = new Redis(url);
  await redis.flushall();
  redis.disconnect();
}
