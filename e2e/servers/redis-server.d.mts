/** Whether this machine has the program `redis-server`. */
export function hasRedisServer(): Promise<boolean>;
/** A port nobody uses at the moment. */
export function freePort(): Promise<number>;
/** Starts a Redis of its own, on loopback, with nothing on disk. */
export function startRedis(port?: number): Promise<{
  readonly url: string;
  readonly port: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}>;
