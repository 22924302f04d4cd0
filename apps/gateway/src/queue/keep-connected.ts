import type { Cluster, Redis } from 'ioredis';

/** How soon a client that has ended connects again. */
const PAUSE_MS = 500;

/** A client that is connected again whenever it has ended. */
export interface KeptClient {
  /** Ends the client for good. */
  readonly disconnect: () => void;
}

/**
 * Connects a client again whenever it has ended. ioredis repeats a connection that breaks, but a client that has to
 * reconnect while it still asks the Sentinels for the master, as at a failover, ends for good: a sweeper with such a
 * client would find Redis away for as long as the process lives.
 */
export function keepConnected(client: Redis | Cluster): KeptClient {
  let isLeaving = false;
  client.on('end', () => {
    if (isLeaving) return;
    setTimeout(() => {
      // What it fails of is reported as an error of the client, and it ends once more.
      if (!isLeaving && client.status === 'end') client.connect().catch(() => undefined);
    }, PAUSE_MS).unref();
  });
  return {
    disconnect: () => {
      isLeaving = true;
      // ioredis would wait two seconds for the end of a connection that has ended, and keep the process running.
      if (client.status !== 'end') client.disconnect();
    },
  };
}
