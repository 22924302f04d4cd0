import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The production entry point of the gateway: what is measured is what is deployed. */
export const GATEWAY = fileURLToPath(
  new URL('main.js', import.meta.resolve('@vestibule/gateway').replace(/[^/]*$/, '')),
);

/** What makes the same gateway write nothing of its sends down: the journal's cost is what is left. */
export const WITHOUT_JOURNAL = {
  NODE_OPTIONS: `--import=${new URL('../../rivals/without-journal/preload.js', import.meta.url).href}`,
  SEND_JOURNAL_MODULE: new URL('orders/sending/journal/send-journal.js', pathToFileURL(GATEWAY)).href,
} as const;

/** Secrets of the benchmark, known to both sides of each measurement. */
export const CREDENTIALS = { login: 'koshelek', password: 'bench-wallet-password' } as const;
export const ADMIN_KEY = { name: 'operator', secret: 'bench-admin-key' } as const;
export const ORDERS_KEY = { name: 'shop', secret: 'bench-orders-key' } as const;

/** One folder for each database, as in production. */
const JOURNALS = mkdtempSync(join(tmpdir(), 'vestibule-bench-journals-'));
process.once('exit', () => rmSync(JOURNALS, { recursive: true, force: true }));

/** What every gateway process gets. */
export function gatewayEnv(roles: string, databaseUrl: string, redisUrl?: string): Record<string, string> {
  return {
    ROLES: roles,
    DATABASE_URL: databaseUrl,
    SEND_JOURNAL_DIR: join(JOURNALS, createHash('sha256').update(databaseUrl).digest('hex').slice(0, 16)),
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
    PUBLIC_HOST: '127.0.0.1',
    PUBLIC_PORT: '0',
    INTERNAL_PORT: '0',
    KOSHELEK_CREDENTIALS: `${CREDENTIALS.login}:${CREDENTIALS.password}`,
    ADMIN_API_KEYS: `${ADMIN_KEY.name}:${ADMIN_KEY.secret}`,
    ORDERS_API_KEYS: `${ORDERS_KEY.name}:${ORDERS_KEY.secret}`,
    TROIKA_BASIC_USER: 'agent',
    TROIKA_BASIC_PASSWORD: 'bench-troika-password',
    TROIKA_API_PHONE: '+73946027654',
    TROIKA_TERMINAL_ID: 'bus_f78a8a6aa7fb3d5',
    TROIKA_SIGNATURE_KEY: 'bench-signature-key',
    ALLOW_WEAK_SECRETS: 'true',
    ALLOW_PLAIN_HTTP: 'true',
  };
}
