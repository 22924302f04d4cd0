import { parseNetwork, type Network } from '../egress/special-networks.js';
import { TUNNEL_TARGETS, type TunnelWay } from '../egress/checked-tunnel.js';
import type { Environment } from './environment/environment.js';
import { readProxy } from './read-proxy.js';

/** What Standard Webhooks asks of a secret. */
const LEAST_SECRET_BYTES = 24;
const MOST_SECRET_BYTES = 64;
const PREFIX = 'whsec_';
const LOOPBACK = ['127.0.0.0/8', '::1/128'].map(parseNetwork).filter((network) => network !== undefined);

/** The networks of our own that calls may go to; those of the demo contain this machine. */
export function readNetworks(
  name: 'CALLBACK_ALLOWED_NETWORKS' | 'ALERT_ALLOWED_NETWORKS',
  environment: Environment,
  faults: string[],
  { demo }: { demo: boolean },
): readonly Network[] {
  const own = (environment[name]?.split(',') ?? []).flatMap((item) => {
    const network = parseNetwork(item.trim());
    if (network !== undefined) return [network];
    faults.push(
      `${name} has "${item.trim()}"; allowed: a network whose address has no bits beyond its prefix, such as 10.20.0.0/16`,
    );
    return [];
  });
  return demo ? [...LOOPBACK, ...own] : own;
}

/** The proxy on the way to each address, if one is to be asked at all. */
export function readWays(
  name: 'CALLBACK_PROXY' | 'ALERT_PROXY',
  environment: Environment,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): (url: URL) => TunnelWay | undefined {
  const target = TUNNEL_TARGETS.find((one) => one === environment[name]);
  if (target === undefined) return () => undefined;
  // What is wrong with the variables is said at the start, not at the first call.
  readProxy('https://callbacks.invalid/', environment, env, faults);
  return (url) => {
    const proxy = readProxy(url.href, environment, env, []);
    return proxy && { proxy, target };
  };
}

/** One name may have several, while one is being changed for another: in their order, the first signs first. */
export function groupSecrets(
  name: 'CALLBACK_SECRETS' | 'ALERT_SECRETS',
  pairs: readonly (readonly [string, string])[],
  faults: string[],
): ReadonlyMap<string, readonly Buffer[]> {
  const secrets = new Map<string, readonly Buffer[]>();
  for (const [owner, text] of pairs) {
    const secret = Buffer.from(text.slice(PREFIX.length), 'base64');
    if (secret.byteLength < LEAST_SECRET_BYTES || secret.byteLength > MOST_SECRET_BYTES) {
      faults.push(
        `${name} has a secret of "${owner}" that is ${secret.byteLength} bytes long; allowed: ` +
          `${LEAST_SECRET_BYTES} to ${MOST_SECRET_BYTES} bytes in base64, behind ${PREFIX}`,
      );
    }
    secrets.set(owner, [...(secrets.get(owner) ?? []), secret]);
  }
  return secrets;
}
