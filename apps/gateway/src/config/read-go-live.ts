import type { GoLiveConfig } from './config.js';
import type { Environment } from './environment/environment.js';

/** What a process with the role `admin` needs to check the own public address; it may lack the credentials. */
export function readGoLive(
  { PUBLIC_URL, KOSHELEK_API_VERSION }: Environment,
  [first]: readonly (readonly [string, string])[],
): GoLiveConfig {
  return {
    publicUrl: PUBLIC_URL,
    credentials: first && { login: first[0], password: first[1] },
    apiVersion: KOSHELEK_API_VERSION as GoLiveConfig['apiVersion'],
  };
}
