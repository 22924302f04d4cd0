import { Resolver } from 'node:dns';
import type { CallbacksConfig } from './config.js';
import { DNS_SERVERS } from './environment/callbacks.environment.js';
import type { Environment } from './environment/environment.js';
import { groupSecrets, readNetworks, readWays } from './read-egress.js';

/** The settings of callbacks; faults of several variables together are added to `faults`. */
export function readCallbacks(
  environment: Environment,
  secrets: readonly (readonly [string, string])[],
  faults: string[],
  { demo, env }: { demo: boolean; env: Readonly<Record<string, string | undefined>> },
): CallbacksConfig {
  return {
    secrets: groupSecrets('CALLBACK_SECRETS', secrets, faults),
    isPlainHttpAllowed: demo,
    allowedNetworks: readNetworks('CALLBACK_ALLOWED_NETWORKS', environment, faults, { demo }),
    dnsServers: readDnsServers(environment.CALLBACK_DNS_SERVERS, faults),
    wayTo: readWays('CALLBACK_PROXY', environment, env, faults),
    scheduleSecs: environment.CALLBACK_SCHEDULE_SECS,
    timeoutMs: environment.CALLBACK_TIMEOUT_MS,
    concurrency: environment.CALLBACK_CONCURRENCY,
    disableAfterSecs: environment.CALLBACK_DISABLE_AFTER_SECS,
    retentionDays: environment.CALLBACK_RETENTION_DAYS,
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
