import { BlockList, isIP } from 'node:net';
import type { Proxy } from '@vestibule/troika-client';

/** The variables that name a proxy, as nearly every program reads them; a lower-case spelling counts as well. */
interface ProxyEnvironment {
  readonly HTTPS_PROXY?: string;
  readonly HTTP_PROXY?: string;
  readonly NO_PROXY?: string;
}

const DEFAULT_PORT = 80;

/**
 * The proxy on the way to an address, or undefined where the way is direct.
 *
 * @param env the raw environment, for the lower-case spellings
 * @param faults gets one line when the variable cannot be used; it never repeats what it holds, which may be a password
 */
export function readProxy(
  address: string,
  environment: ProxyEnvironment,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): Proxy | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const given = orUndefined(environment[name]) ?? orUndefined(env[name.toLowerCase()]);
  if (given === undefined || isDirect(url, environment.NO_PROXY ?? env['no_proxy'] ?? '')) return undefined;
  // curl and others take `proxy.corp:3128` for it.
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy?.protocol !== 'http:' || proxy.hostname === '') {
    faults.push(`${name} is not in its form (a secret, not shown); allowed: http://[user:password@]host:port`);
    return undefined;
  }
  const authorization = credentialsOf(proxy);
  return {
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(proxy.port || DEFAULT_PORT),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function orUndefined(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

/** A `%` that begins no escape is literal. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether NO_PROXY names the host: itself, a domain it is in, its address or network, or everything. */
function isDirect(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true;
    // The colons of a bare IPv6 address lead to no port.
    const [, name = entry, ownPort = port] = isIP(entry) === 6 ? [] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? []);
    return name !== '' && ownPort === port && isNamed(host, name.replace(/^\[(.*)\]$/, '$1').toLowerCase());
  });
}

function isNamed(host: string, entry: string): boolean {
  if (isIP(host) !== 0) return isInNetwork(host, entry);
  const domain = entry.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInNetwork(address: string, entry: string): boolean {
  const [network = '', bits] = entry.split('/');
  const family = isIP(network);
  if (family === 0 || family !== isIP(address)) return false;
  const most = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > most) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
