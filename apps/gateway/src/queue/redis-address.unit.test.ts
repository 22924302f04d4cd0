import { describe, expect, it } from '@jest/globals';
import { parseRedisUrl } from './redis-address.js';

describe('parseRedisUrl', () => {
  it('reads one server, its password and its database', () => {
    expect(parseRedisUrl('redis://:p%40ss@cache.local:6380/2')).toEqual({
      kind: 'single',
      options: { host: 'cache.local', port: 6380, db: 2, password: 'p@ss' },
    });
  });

  it('speaks TLS to rediss://', () => {
    expect(parseRedisUrl('rediss://cache.local')).toEqual({
      kind: 'single',
      options: { host: 'cache.local', port: 6379, db: 0, tls: {} },
    });
  });

  it('reads several addresses as a Cluster', () => {
    expect(parseRedisUrl('redis://u:p@a:1,redis://b:2')).toEqual({
      kind: 'cluster',
      nodes: ['redis://u:p@a:1', 'redis://b:2'],
      options: { username: 'u', password: 'p' },
    });
  });

  it('reads Sentinels and the name of their master', () => {
    expect(parseRedisUrl('redis-sentinel://:secret@s1:26379,s2/main')).toEqual({
      kind: 'sentinel',
      options: {
        sentinels: [
          { host: 's1', port: 26379 },
          { host: 's2', port: 26379 },
        ],
        name: 'main',
        password: 'secret',
      },
    });
  });
});
