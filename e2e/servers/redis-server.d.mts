import type { ChildProcess } from 'node:child_process';

/** Whether this machine has the program `redis-server`. */
export function hasRedisServer(): Promise<boolean>;

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** SIGSTOP makes it unresponsive with all its connections open, SIGCONT resumes it. */
  send(signal: NodeJS.Signals): boolean;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a new Redis on loopback, without persistence; further settings as on the command line. */
export function startRedis(port?: number, settings?: readonly string[]): Promise<RedisServer>;
/** Runs the program `redis-server` and waits until it says that it serves. */
export function runRedis(
  args: readonly string[],
  sign: string,
): Promise<{ readonly child: ChildProcess; stop(signal?: NodeJS.Signals): Promise<void> }>;
