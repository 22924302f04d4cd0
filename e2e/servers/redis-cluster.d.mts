import type { RedisServer } from './redis-server.mjs';

/** Starts a Redis Cluster of three masters with a replica each, on loopback. */
export function startCluster(): Promise<{
  /** Several addresses, as REDIS_URL has them. */
  readonly url: string;
  /** The master that has the queue. */
  readonly master: RedisServer;
  /** Waits until the replica of that master has the queue, and every other node knows. */
  untilPromoted(): Promise<void>;
  stop(): Promise<void>;
}>;
