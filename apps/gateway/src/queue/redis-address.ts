import { Cluster, Redis, type RedisOptions } from 'ioredis';

/** ioredis's options without the one that changes the shape of answers. */
export type RedisSettings = Omit<RedisOptions, 'replyMapping'>;

/** Where the queue's Redis stands: one server, a Cluster, or a master that Sentinels name. */
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
  const [username = '', password = ''] = text.split(':', 2).map(decodeURIComponent);
  return { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) };
}

/** Opens a connection to an address. */
export function connectRedis(address: RedisAddress, options: RedisSettings): Redis | Cluster {
  if (address.kind !== 'cluster') return new Redis({ ...address.options, ...options });
  return new Cluster([...address.nodes], { redisOptions: { ...address.options, ...options } });
}
