import type pg from 'pg';
import type { Logger } from '../core/logger.js';
import type { SharedClock } from './database-time.js';
import type { QueueBackend } from './job-queue.js';
import { openPostgresBackend } from './postgres-backend.js';
import { openRedisBackend } from './redis-backend.js';

/** Redis where an address is given, PostgreSQL otherwise. No one else asks which. */
export function openQueueBackend(
  { redisUrl, database }: { redisUrl: string | undefined; database: { url: string; pool: pg.Pool } },
  clock: SharedClock,
  logger: Logger,
): QueueBackend {
  return redisUrl === undefined
    ? openPostgresBackend(database.url, database.pool, clock, logger)
    : openRedisBackend(redisUrl, clock, logger);
}
