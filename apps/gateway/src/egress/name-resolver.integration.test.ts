import { afterEach, describe, expect, it } from '@jest/globals';
import { startNameServer, type Names, type NameServer } from '../../../../e2e/servers/name-server.mjs';
import { LookupError, NameResolver, type ResolverRules } from './name-resolver.js';

describe('resolving a name that others have given', () => {
  let server: NameServer;
  afterEach(() => server.close());

  async function serve(names: Names, rules: Partial<ResolverRules> = {}): Promise<NameResolver> {
    server = await startNameServer(names);
    return new NameResolver({ servers: [server.address], concurrency: 8, ...rules });
  }

  it('gives every address, those of IPv4 first', async () => {
    const { resolve } = await serve({ 'shop.example.com': ['2001:db8::7', '192.0.2.7', '192.0.2.8'] });
    expect(await resolve('Shop.Example.com')).toEqual([
      { address: '192.0.2.7', family: 4 },
      { address: '192.0.2.8', family: 4 },
      { address: '2001:db8::7', family: 6 },
    ]);
  });

  it('gives the addresses of the only family that a name has', async () => {
    const { resolve } = await serve({ 'old.example.com': ['192.0.2.7'], 'new.example.com': ['2001:db8::7'] });
    expect(await resolve('old.example.com')).toEqual([{ address: '192.0.2.7', family: 4 }]);
    expect(await resolve('new.example.com')).toEqual([{ address: '2001:db8::7', family: 6 }]);
  });

  it('says that a name is no one’s, or has no address', async () => {
    const { resolve } = await serve({ 'empty.example.com': [] });
    for (const name of ['absent.example.com', 'empty.example.com']) {
      await expect(resolve(name)).rejects.toMatchObject({ code: 'ENOTFOUND', isTimeout: false });
    }
  });

  it('asks no one about localhost', async () => {
    const { resolve } = await serve({ localhost: ['192.0.2.7'], 'db.localhost': 'silent' });
    for (const name of ['localhost', 'db.localhost']) {
      expect(await resolve(name)).toEqual([
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ]);
    }
    expect(server.asked).toEqual([]);
  });

  it('asks once about a name for simultaneous callers, and caches the answer', async () => {
    const { resolve } = await serve({ 'shop.example.com': ['192.0.2.7'] });
    await Promise.all(Array.from({ length: 20 }, () => resolve('shop.example.com')));
    await resolve('shop.example.com');
    // Once for each family.
    expect(server.asked).toEqual(['shop.example.com', 'shop.example.com']);
  });

  it('gives a silent name up in time, and all who wait for it, while other names are resolved', async () => {
    const { resolve } = await serve(
      { 'dead.example.com': 'silent', 'shop.example.com': ['192.0.2.7'] },
      { limitMs: 500 },
    );
    const dead = Promise.allSettled(Array.from({ length: 20 }, () => resolve('dead.example.com')));
    expect(await resolve('shop.example.com')).toHaveLength(1);
    for (const one of await dead) expect(one).toMatchObject({ status: 'rejected', reason: { isTimeout: true } });
    expect(server.asked.filter((name) => name === 'dead.example.com')).toHaveLength(2);
  });

  it('asks about a bounded number of names at once; a caller that waits too long gets an error', async () => {
    const names = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`dead-${index}.example.com`, 'silent']));
    const { resolve } = await serve(names as Names, { concurrency: 3, limitMs: 2_000 });
    const resolving = Promise.allSettled(Object.keys(names).map((name) => resolve(name)));
    // For each family once; the others wait for their turn until the first ones are given up.
    while (server.asked.length < 6) await new Promise((done) => setImmediate(done));
    expect(new Set(server.asked).size).toBe(3);
    const results = await resolving;
    for (const one of results) expect(one).toMatchObject({ reason: expect.any(LookupError) as unknown });
    server.names['shop.example.com'] = ['192.0.2.7'];
    expect(await resolve('shop.example.com')).toHaveLength(1);
  });
});
