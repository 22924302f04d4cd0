import { describe, expect, it } from '@jest/globals';
import { readProxy } from './read-proxy.js';

const PARTNER = 'https://api.troika.example.ru/v3';
const PROXY = 'http://proxy.corp:3128';

function proxyFor(address: string, env: Record<string, string>): ReturnType<typeof readProxy> {
  const faults: string[] = [];
  const proxy = readProxy(address, env, env, faults);
  expect(faults).toEqual([]);
  return proxy;
}

describe('the proxy on the way out', () => {
  it.each([
    ['http://proxy.corp:3128', { host: 'proxy.corp', port: 3128 }],
    ['http://proxy.corp', { host: 'proxy.corp', port: 80 }],
    ['proxy.corp:3128', { host: 'proxy.corp', port: 3128 }],
    ['http://[fd00::1]:3128/', { host: 'fd00::1', port: 3128 }],
    [
      'http://us%40er:p%3Ass@proxy.corp:3128',
      { host: 'proxy.corp', port: 3128, authorization: `Basic ${Buffer.from('us@er:p:ss').toString('base64')}` },
    ],
  ])('is read from HTTPS_PROXY=%s, in either spelling', (value, proxy) => {
    expect(proxyFor(PARTNER, { HTTPS_PROXY: value })).toEqual(proxy);
    expect(proxyFor(PARTNER, { https_proxy: value })).toEqual(proxy);
  });

  it('is HTTP_PROXY for an address without TLS, and none if unset', () => {
    expect(proxyFor('http://troika.internal/', { HTTP_PROXY: PROXY })).toMatchObject({ host: 'proxy.corp' });
    expect(proxyFor('http://troika.internal/', { HTTPS_PROXY: PROXY })).toBeUndefined();
    expect(proxyFor(PARTNER, { HTTPS_PROXY: '', https_proxy: '' })).toBeUndefined();
  });

  it.each([
    '*',
    'api.troika.example.ru',
    'API.Troika.Example.RU',
    '.example.ru',
    '*.example.ru',
    'example.ru',
    'example.ru:443',
    'other.host, troika.example.ru',
    'other.host troika.example.ru',
  ])('is left out where NO_PROXY=%s names the host', (noProxy) => {
    expect(proxyFor(PARTNER, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })).toBeUndefined();
    expect(proxyFor(PARTNER, { HTTPS_PROXY: PROXY, no_proxy: noProxy })).toBeUndefined();
  });

  it.each(['', 'other.host', 'ample.ru', 'troika.example.ru.evil', 'example.ru:8443', '10.0.0.0/8'])(
    'is used where NO_PROXY=%s names another host',
    (noProxy) => {
      expect(proxyFor(PARTNER, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })).toBeDefined();
    },
  );

  it.each([
    ['https://10.1.2.3/', '10.0.0.0/8', true],
    ['https://10.1.2.3/', '10.1.2.3', true],
    ['https://10.1.2.3/', '10.1.2.3:443', true],
    ['https://10.1.2.3/', '10.1.2.3:8443', false],
    ['https://10.1.2.3/', '192.168.0.0/16', false],
    ['https://10.1.2.3/', '10.0.0.0/99', false],
    ['https://[fd00::7]/', 'fd00::/8', true],
    ['https://[fd00::7]/', 'fd00::7', true],
    ['https://[fd00::7]/', '[fd00::7]:443', true],
    ['https://[fd00::7]/', '10.0.0.0/8', false],
  ])('of %s with NO_PROXY=%s is left out: %s', (address, noProxy, isDirect) => {
    expect(proxyFor(address, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy }) === undefined).toBe(isDirect);
  });

  it.each(['https://user:secret-word@proxy.corp', 'socks5://secret-word@proxy.corp', 'http://secret-word:x:y'])(
    'of the form %s is refused, and not shown',
    (value) => {
      const faults: string[] = [];
      expect(readProxy(PARTNER, { HTTPS_PROXY: value }, {}, faults)).toBeUndefined();
      expect(faults).toEqual([expect.stringMatching(/^HTTPS_PROXY is not in its form .*; allowed: http:/)]);
      expect(faults.join()).not.toContain('secret-word');
    },
  );
});
