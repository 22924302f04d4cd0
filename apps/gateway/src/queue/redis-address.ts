import { Cluster, Redis, type RedisOptions } from 'ioredis';

/** ioredis's options without the one that changes the shape of answers. */
export type RedisSettings = Omit<RedisOptions, 'replyMapping'>;

/** The address of the queue's Redis: one server, a Cluster, or a master that Sentinels name. */
export type RedisAddress =
  | { readonly kind: 'single'; readonly options: RedisSettings }
  | { readonly kind: 'cluster'; readonly nodes: readonly string[]; readonly options: RedisSettings }
  | { readonly kind: 'sentinel'; readonly options: RedisSettings };

/** Reads `REDIS_URL`: `redis://`, `rediss://`, several of these for a Cluster, `redis-sentinel://h:p,h:p/NAME`. */
export function parseRedisUrl(url: string): RedisAddress {
  if (url.startsWith('redis-sentinel://')) {
    const [, credentials, hosts, name] = /^redis-sentinel:\/\/(?:([^@/]*)@)?([^/]+)\/(.+)$/.exec(url) ?? [];
    if (hosts === undefined || name === undefined)
      throw new Error('REDIS_URL is not redis-sentinel://host:port,…/NAME');
    const sentinels = hosts.split(',').map((host) => {
      const { hostname, port } = new URL(`redis://${host}`);
      return { host: hostname, port: Number(port || 26_379) };
    });
    return { kind: 'sentinel', options: { sentinels, name, ...readCredentials(credentials ?? '') } };
  }
  const [first, ...others] = url.split(',');
  if (first === undefined || others.length === 0) return { kind: 'single', options: readServer(url) };
  const { username, password, tls } = readServer(first);
  const options: RedisSettings = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
  };
  return { kind: 'cluster', nodes: [first, ...others], options };
}

function readServer(url: string): RedisSettings {
  const { hostname, port, pathname, username, password, protocol } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...readCredentials(username === '' && password === '' ? '' : `${username}:${password}`),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function readCredentials(text: string): RedisSettings {
  if (text === '') return {};
  // A password may hold a colon; the first one ends the name.
  const [name = '', ...rest] = text.split(':');
  const [username, password] = [name, rest.join(':')].map(decodeURIComponent) as [string, string];
  return { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) };
}

/** How long a server may take to answer while a connection is made: do not wait for a silent one. */
const CONNECT_LIMIT_MS = 5_000;

/**
 * A master that falls silent – a dead machine, a hanging process – ends no connection: the Sentinels report the new
 * master, and one of them may have fallen silent too.
 */
const SENTINEL: RedisSettings = { failoverDetector: true, sentinelCommandTimeout: 2_000 };

/** A Cluster does not announce a failover: its slots are polled now and then. */
const SLOTS_REFRESH_MS = 5_000;

/**
 * Behind an address that does not change, such as that of a managed Redis, another server may have taken over while our
 * connections still lead to the old one, a replica by now: it refuses to write, and a new connection finds the new
 * master.
 *
 * @returns whether to connect again; the call itself fails, and its caller retries
 */
function reconnectOnError({ message }: Error): boolean {
  return /READONLY|^UNBLOCKED/.test(message);
}

/** Opens a connection to an address. */
export function connectRedis(address: RedisAddress, options: RedisSettings): Redis | Cluster {
  const settings = { connectTimeout: CONNECT_LIMIT_MS, reconnectOnError, ...address.options, ...options };
  switch (address.kind) {
    case 'single':
      return new Redis(settings);
    case 'sentinel':
      return new Redis({ ...SENTINEL, ...settings });
    case 'cluster':
      return new Cluster([...address.nodes], {
        redisOptions: settings,
        slotsRefreshInterval: SLOTS_REFRESH_MS,
        enableOfflineQueue: options.enableOfflineQueue ?? true,
      });
  }
}
