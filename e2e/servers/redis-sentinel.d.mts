import type { RedisServer } from './redis-server.mjs';

/** Starts a master, a replica of it, and three Sentinels that watch both. */
export function startSentinels(): Promise<{
  /** `redis-sentinel://…`, as REDIS_URL has it. */
  readonly url: string;
  readonly master: RedisServer;
  readonly replica: RedisServer;
  /** The first is the first in the address. */
  readonly sentinels: readonly { send(signal: NodeJS.Signals): boolean }[];
  /** Waits until the replica is what the Sentinels call the master. */
  untilPromoted(): Promise<void>;
  /** Disconnects the replica for some seconds: what the master stores meanwhile is lost with it. */
  cutReplica(): Promise<void>;
  stop(): Promise<void>;
}>;
