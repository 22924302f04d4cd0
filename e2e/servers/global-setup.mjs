import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@vestibule/gateway/embedded-postgres';
import { findChromium } from './chromium.mjs';
import { findPostgresPrograms } from './postgres-programs.mjs';
import { redisUrlOf, TEST_WORKERS } from './test-workers.mjs';
import { hasRedisServer, startRedis } from './redis-server.mjs';

/**
 * Starts the real servers that the suites use: PostgreSQL always, Redis where the machine has it. Where Redis or a
 * browser is required (VESTIBULE_REQUIRE_REDIS, VESTIBULE_REQUIRE_BROWSER, in CI), its absence is a failure.
 */
export default async function setUpServers() {
  if (process.env.VESTIBULE_REQUIRE_BROWSER && findChromium() === undefined) {
    throw new Error('VESTIBULE_REQUIRE_BROWSER is set, and there is neither chromium nor TEST_CHROMIUM');
  }
  if (process.env.VESTIBULE_REQUIRE_POSTGRES && findPostgresPrograms() === undefined) {
    throw new Error(
      'VESTIBULE_REQUIRE_POSTGRES is set, and there is no PostgreSQL with pg_dump, nor TEST_POSTGRES_BIN',
    );
  }
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-test-'));
  await chmod(folder, 0o755); // Under root PostgreSQL runs as another user.
  const postgres = await startEmbeddedPostgres(folder);
  process.env.TEST_DATABASE_URL = postgres.url;
  const stops = [() => postgres.stop(), () => rm(folder, { recursive: true, force: true })];

  if (!process.env.TEST_REDIS_URL && (await hasRedisServer())) {
    for (let worker = 1; worker <= TEST_WORKERS; worker += 1) {
      const redis = await startRedis();
      process.env[redisUrlOf(worker)] = redis.url;
      process.env.TEST_REDIS_URL = redis.url;
      stops.push(() => redis.stop());
    }
  }
  if (!process.env.TEST_REDIS_URL && process.env.VESTIBULE_REQUIRE_REDIS) {
    throw new Error('VESTIBULE_REQUIRE_REDIS is set, and there is neither redis-server nor TEST_REDIS_URL');
  }
  globalThis.stopTestServers = async () => {
    for (const stop of stops) await stop();
  };
  // Jest ends without tearing down, and PostgreSQL stands in a process group of its own.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => void globalThis.stopTestServers().finally(() => process.exit(1)));
  }
}
