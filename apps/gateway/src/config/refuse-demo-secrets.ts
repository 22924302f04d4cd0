import { readFileSync } from 'node:fs';
import type { Config, TroikaConfig } from './config.js';
import { isDemoSecret } from './demo-secrets.js';
import type { Environment } from './environment/environment.js';

/** Adds a fault for each variable that holds a secret of the demo. */
export function refuseDemoSecrets(config: Config, { ALLOW_DEMO_SIGNATURE_KEY }: Environment, faults: string[]): void {
  const secrets: Record<string, readonly string[]> = {
    CALLBACK_SECRETS: [...config.callbacks.secrets.values()].flat().map((secret) => secret.toString()),
    KOSHELEK_CREDENTIALS: config.koshelek?.credentials.map(({ password }) => password) ?? [],
    ORDERS_API_KEYS: config.orders.apiKeys.map(({ secret }) => secret),
    ADMIN_API_KEYS: config.admin.apiKeys.map(({ secret }) => secret),
    TROIKA_BASIC_PASSWORD: config.troika === undefined ? [] : [config.troika.basicPassword],
    TROIKA_SIGNATURE_KEY:
      ALLOW_DEMO_SIGNATURE_KEY === 'true' ? [] : (config.troika?.signature.keys.map(plainKey) ?? []),
  };
  for (const [name, values] of Object.entries(secrets)) {
    if (values.some(isDemoSecret)) {
      faults.push(`${name} holds a demo secret, which everyone can read in the source; allowed: a secret of your own`);
    }
  }
}

/** A signature key as text, however it is spelled; a file that cannot be read is the signer's to report. */
function plainKey(key: TroikaConfig['signature']['keys'][number]): string {
  const given = ('text' in key ? key.text : readText(key.file)).replace(/^\uFEFF/, '').trim();
  const [, encoding, encoded = ''] = /^(hex|base64):([^]*)$/i.exec(given) ?? [];
  if (encoding === undefined) return given;
  return Buffer.from(encoded.replaceAll(/\s/g, ''), encoding.toLowerCase() as 'hex' | 'base64')
    .toString()
    .trim();
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
