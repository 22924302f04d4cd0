import { Resolver } from 'node:dns';
import { parseNetwork, type Network } from '../egress/special-networks.js';
import { TUNNEL_TARGETS } from '../egress/checked-tunnel.js';
import type { CallbacksConfig } from './config.js';
import { DNS_SERVERS } from './environment/callbacks.environment.js';
import type { Environment } from './environment/environment.js';
import { readProxy } from './read-proxy.js';

/** What Standard Webhooks asks of a secret. */
const LEAST_SECRET_BYTES = 24;
const MOST_SECRET_BYTES = 64;
const PREFIX = 'whsec_';

/** The settings of callbacks; faults of several variables together are added to `faults`. */
export function readCallbacks(
  environment: Environment,
  secrets: readonly (readonly [string, string])[],
  faults: string[],
  { demo, env }: { demo: boolean; env: Readonly<Record<string, string | undefined>> },
): CallbacksConfig {
  const own = readNetworks(environment.CALLBACK_ALLOWED_NETWORKS, faults);
  return {
    secrets: groupSecrets(secrets, faults),
    isPlainHttpAllowed: demo,
    allowedNetworks: demo ? [...LOOPBACK, ...own] : own,
    dnsServers: readDnsServers(environment.CALLBACK_DNS_SERVERS, faults),
    wayTo: readWays(environment, env, faults),
    scheduleSecs: environment.CALLBACK_SCHEDULE_SECS,
    timeoutMs: environment.CALLBACK_TIMEOUT_MS,
    concurrency: environment.CALLBACK_CONCURRENCY,
    disableAfterSecs: environment.CALLBACK_DISABLE_AFTER_SECS,
    retentionDays: environment.CALLBACK_RETENTION_DAYS,
  };
}

const LOOPBACK = ['127.0.0.0/8', '::1/128'].map(parseNetwork).filter((network) => network !== undefined);

function readNetworks(text: string | undefined, faults: string[]): readonly Network[] {
  return (text?.split(',') ?? []).flatMap((item) => {
    const network = parseNetwork(item.trim());
    if (network !== undefined) return [network];
    faults.push(
      `CALLBACK_ALLOWED_NETWORKS has "${item.trim()}"; allowed: a network whose address has no bits beyond its prefix, such as 10.20.0.0/16`,
    );
    return [];
  });
}

function readWays(
  environment: Environment,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): CallbacksConfig['wayTo'] {
  const target = TUNNEL_TARGETS.find((one) => one === environment.CALLBACK_PROXY);
  if (target === undefined) return () => undefined;
  // What is wrong with the variables is said at the start, not at the first callback.
  readProxy('https://callbacks.invalid/', environment, env, faults);
  return (url) => {
    const proxy = readProxy(url.href, environment, env, []);
    return proxy && { proxy, target };
  };
}

function readDnsServers(text: string | undefined, faults: string[]): readonly string[] {
  const servers = text?.split(',').map((item) => item.trim()) ?? [];
  try {
    new Resolver().setServers(servers);
  } catch {
    faults.push(`CALLBACK_DNS_SERVERS is "${text ?? ''}"; allowed: ${DNS_SERVERS}`);
  }
  return servers;
}

/** One producer may have several, while one is being changed for another: in their order, the first signs first. */
function groupSecrets(pairs: readonly (readonly [string, string])[], faults: string[]): CallbacksConfig['secrets'] {
  const secrets = new Map<string, readonly Buffer[]>();
  for (const [name, text] of pairs) {
    const secret = Buffer.from(text.slice(PREFIX.length), 'base64');
    if (secret.byteLength < LEAST_SECRET_BYTES || secret.byteLength > MOST_SECRET_BYTES) {
      faults.push(
        `CALLBACK_SECRETS has a secret of "${name}" that is ${secret.byteLength} bytes long; allowed: ` +
          `${LEAST_SECRET_BYTES} to ${MOST_SECRET_BYTES} bytes in base64, behind ${PREFIX}`,
      );
    }
    secrets.set(name, [...(secrets.get(name) ?? []), secret]);
  }
  return secrets;
}
