import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { hasRedisServer, startRedis } from './redis-server.mjs';

/**
 * Starts the real servers the suites stand on: PostgreSQL always, Redis where the machine has it. Where Redis is
 * required (VESTIBULE_REQUIRE_REDIS, in CI), its absence is a failure.
 */
export default async function setUpServers() {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-test-'));
  await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
  const postgres = await startEmbeddedPostgres(folder);
  process.env.TEST_DATABASE_URL = postgres.url;
  const stops = [() => postgres.stop(), () => rm(folder, { recursive: true, force: true })];

  if (!process.env.TEST_REDIS_URL && (await hasRedisServer())) {
    const redis = await startRedis();
    process.env.TEST_REDIS_URL = redis.url;
    stops.push(() => redis.stop());
  }
  if (!process.env.TEST_REDIS_URL && process.env.VESTIBULE_REQUIRE_REDIS) {
    throw new Error('VESTIBULE_REQUIRE_REDIS is set, and there is neither redis-server nor TEST_REDIS_URL');
  }
  globalThis.stopTestServers = async () => {
    for (const stop of stops) await stop();
  };
}
