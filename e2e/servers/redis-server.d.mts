import type { ChildProcess } from 'node:child_process';

/** Whether this machine has the program `redis-server`. */
export function hasRedisServer(): Promise<boolean>;

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** SIGSTOP makes it fall silent with all its connections open, SIGCONT lets it continue. */
  send(signal: NodeJS.Signals): boolean;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a Redis of its own, on loopback, with nothing on disk; further settings as on the command line. */
export function startRedis(port?: number, settings?: readonly string[]): Promise<RedisServer>;
/** Runs the program `redis-server` and waits until it says that it serves. */
export function runRedis(
  args: readonly string[],
  sign: string,
): Promise<{ readonly child: ChildProcess; stop(signal?: NodeJS.Signals): Promise<void> }>;
