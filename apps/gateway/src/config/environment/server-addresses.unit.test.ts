import { describe, expect, it } from '@jest/globals';
import { parseRedisUrl } from '../../queue/redis-address.js';
import { faultOfDatabaseUrl, faultOfRedisUrl } from './server-addresses.js';

describe('a REDIS_URL', () => {
  it.each([
    'redis://h',
    'redis://h:6379/0',
    'redis://:p%25a%3Ab@h/15',
    'rediss://user:word@h:6380',
    'redis://a:1,redis://b:2',
    'redis://[::1]:6379',
    'redis-sentinel://s1:26379,s2/main',
    'redis-sentinel://:p%40ss:word@s1/main',
  ])('like %s is taken, and read', (url) => {
    expect(faultOfRedisUrl(url)).toBeUndefined();
    expect(() => parseRedisUrl(url)).not.toThrow();
  });

  it.each([
    ['redis://:p%a:b@h', '%25'],
    ['redis://:abc#d@h', '%23'],
    ['redis://:a/b@h', '%2F'],
    ['redis://h/abc', 'number of a database'],
    ['redis://h/1/2', 'number of a database'],
    ['redis://a:1,redis://b:2/3', 'Cluster'],
    ['redis-sentinel://:p%a@h/main', '%25'],
    ['redis-sentinel://h', 'NAME'],
    ['http://h', 'redis://'],
    ['redis://h one', 'redis://'],
  ])('like %s is refused with what to do, and without its password', (url, remedy) => {
    const fault = faultOfRedisUrl(url);
    expect(fault).toContain(remedy);
    expect(fault).not.toContain('p%a:b');
    expect(fault).not.toContain('abc#d');
  });

  it('may have a colon in the password of Sentinels: nothing of it is cut', () => {
    const { options } = parseRedisUrl('redis-sentinel://:a:b:c@h/main');
    expect(options.password).toBe('a:b:c');
  });
});

describe('a DATABASE_URL', () => {
  it.each([
    'postgres://u:p@h:5432/d',
    'postgresql://u@h/d?sslmode=verify-full',
    'postgres:///d?host=/var/run/postgresql',
    'postgres://u:p%25@h/d?options=-c%20search_path%3Dx',
  ])('like %s is taken', (url) => {
    expect(faultOfDatabaseUrl(url)).toBeUndefined();
  });

  it.each([
    ['mysql://h/d', 'postgres://'],
    ['postgres://u:p%a@h/d', '%25'],
    ['postgres://u:p/q@h/d', '%2F'],
    ['postgres://u:p@h/d?sslmode=verify', 'verify-full'],
  ])('like %s is refused with what to do', (url, remedy) => {
    expect(faultOfDatabaseUrl(url)).toContain(remedy);
  });
});
