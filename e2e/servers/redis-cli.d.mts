/** Runs a command on a Redis on loopback; returns its output, one line per item. */
export function askRedis(port: number, command: readonly string[]): Promise<string>;
/** Asks again and again until the answer is as awaited. */
export function untilRedis(
  what: string,
  port: number,
  command: readonly string[],
  isAwaited: (said: string) => boolean,
): Promise<void>;
