import { parseNetwork } from '../egress/special-networks.js';
import type { Environment } from './environment/environment.js';
import { findWeakSecrets } from './find-weak-secrets.js';

/** From here on a network is no longer the company's own: half of the internet is in two of them. */
const LEAST_BITS = { ipv4: 8, ipv6: 7 } as const;

/**
 * What production refuses because it opens the gateway, the partner's money or other networks to strangers: one sentence
 * each, with the setting that takes it all the same.
 */
export function findUnsafe(environment: Environment): string[] {
  const { ALLOW_WEAK_SECRETS, ALLOW_PLAIN_HTTP, ALLOW_ANY_CALLBACK_NETWORK } = environment;
  return [
    ...(ALLOW_WEAK_SECRETS === 'true' ? [] : findWeakSecrets(environment)),
    ...(ALLOW_PLAIN_HTTP === 'true' ? [] : findPlainHttp(environment)),
    ...(ALLOW_ANY_CALLBACK_NETWORK === 'true' ? [] : findWideNetworks(environment)),
  ];
}

function findPlainHttp({ TROIKA_URL, CARD_PROGRAM }: Environment): string[] {
  return Object.entries({ TROIKA_URL, CARD_PROGRAM })
    .filter(([, address]) => /^http:/i.test(address ?? ''))
    .map(
      ([name]) =>
        `${name} begins with http://, so that everyone on the way reads and changes what is sent; allowed: https:// (ALLOW_PLAIN_HTTP=true takes it)`,
    );
}

function findWideNetworks({ CALLBACK_ALLOWED_NETWORKS, ALERT_ALLOWED_NETWORKS }: Environment): string[] {
  const networks = Object.entries({ CALLBACK_ALLOWED_NETWORKS, ALERT_ALLOWED_NETWORKS }).flatMap(([name, text = '']) =>
    text.split(',').map((item) => [name, item] as const),
  );
  return networks.flatMap(([name, item]) => {
    const network = parseNetwork(item.trim());
    if (network === undefined || network[1] >= LEAST_BITS[network[0].kind()]) return [];
    return [
      `${name} has ${item.trim()}, so that calls of ours reach any network; allowed: your own networks, each /8 or narrower, fc00::/7 too (ALLOW_ANY_CALLBACK_NETWORK=true takes it)`,
    ];
  });
}
