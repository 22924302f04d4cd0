import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiKey, Config, Role, TroikaConfig } from './config.js';
import { readEnvironment, SECRETS, type Environment } from './environment/environment.js';
import { readSendWindow } from './environment/send-window.js';
import { readAlerts } from './read-alerts.js';
import { proxiesOf } from './environment/exposure.environment.js';
import { hideCredentials } from './hide-credentials.js';
import { readCallbacks } from './read-callbacks.js';
import { readGoLive } from './read-go-live.js';
import { readKoshelek } from './read-koshelek.js';
import { readProxy } from './read-proxy.js';
import { readKeyLimits } from './read-key-limits.js';
import { readScopes } from './read-scopes.js';
import { readTls } from './read-tls.js';
import { refuseDemoSecrets } from './refuse-demo-secrets.js';
import { findUnsafe } from './find-unsafe.js';
import type { SecondPersonKind } from './second-person-kinds.js';
import { withPassword } from './with-password.js';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The environment cannot be used; each fault is one line for a person: the variable, the given value, the allowed ones.
 */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Turns the environment into the typed configuration, or reports all its faults at once.
 *
 * @param env the variables; an empty one counts as unset
 * @param options.demo accepts the demo secrets, which the production entry point refuses
 * @throws ConfigError naming every variable at fault; it never holds a secret
 */
export function readConfig(env: Env, options: { demo: boolean } = { demo: false }): Config {
  const faults: string[] = [];
  const given = withSecretFiles(env, faults);
  const { environment, faults: broken } = readEnvironment(given);
  for (const { name, allowed } of broken) faults.push(`${name} is ${quote(name, given[name])}; allowed: ${allowed}`);
  if (faults.length > 0) throw new ConfigError(faults);

  const roles = new Set(environment.ROLES as Role[]);
  const need = requirer(roles, environment, faults);
  const sender = (['worker', 'orders', 'admin'] as const).find((role) => roles.has(role)) ?? 'worker';
  const callbacks = readCallbacks(environment, parsePairs(environment.CALLBACK_SECRETS ?? ''), faults, {
    ...options,
    env,
  });
  const config: Config = {
    roles,
    publicListener: {
      host: environment.PUBLIC_HOST,
      port: environment.PUBLIC_PORT,
      tls: readTls('', environment, faults),
      connections: {
        total: environment.PUBLIC_CONNECTIONS_TOTAL,
        perAddress: environment.PUBLIC_CONNECTIONS_PER_ADDRESS,
      },
    },
    internalListener: {
      host: environment.INTERNAL_HOST,
      port: environment.INTERNAL_PORT,
      tls: readTls('INTERNAL_', environment, faults),
      connections: { total: environment.INTERNAL_CONNECTIONS_TOTAL },
    },
    trustedProxies: environment.TRUSTED_PROXIES === undefined ? [] : proxiesOf(environment.TRUSTED_PROXIES),
    loginLimits: { perAddress: environment.LOGIN_FAILURES_PER_ADDRESS, total: environment.LOGIN_FAILURES_TOTAL },
    database: {
      url: withPassword(environment.DATABASE_URL, environment.DATABASE_PASSWORD),
      directUrl: withPassword(environment.DATABASE_DIRECT_URL, environment.DATABASE_PASSWORD),
      dataDir: environment.DATA_DIR,
      poolSize: environment.DATABASE_POOL_SIZE,
    },
    sendJournal: {
      directory: environment.SEND_JOURNAL_DIR ?? join(environment.DATA_DIR, 'send-journal'),
      keepDays: environment.SEND_JOURNAL_DAYS,
    },
    queue: { redisUrl: withPassword(environment.REDIS_URL, environment.REDIS_PASSWORD) },
    koshelek: roles.has('loyalty')
      ? readKoshelek(environment, parsePairs(need('loyalty', 'KOSHELEK_CREDENTIALS')), env, faults)
      : undefined,
    goLive: readGoLive(environment, parsePairs(environment.KOSHELEK_CREDENTIALS ?? '')),
    cardsAreHere: environment.CARD_PROGRAM === 'postgres',
    orders: {
      apiKeys: readOrdersKeys(parsePairs(need('orders', 'ORDERS_API_KEYS')), environment, faults),
      priority: environment.ORDERS_PRIORITY === 'fifo' ? 'fifo' : 'single-first',
      requestHashKeys: environment.REQUEST_HASH_KEY?.split(',') ?? [],
      perSecond: readKeyLimits('ORDERS_PER_SECOND', environment.ORDERS_PER_SECOND, faults),
      roublesPerDay: readKeyLimits('ORDERS_ROUBLES_PER_DAY', environment.ORDERS_ROUBLES_PER_DAY, faults),
    },
    admin: {
      apiKeys: parsePairs(need('admin', 'ADMIN_API_KEYS')).map(toApiKey),
      creditLimit: environment.CARD_CREDIT_LIMIT,
      secondPerson: new Set(environment.SECOND_PERSON as SecondPersonKind[]),
      reportZone: environment.REPORT_TIME_ZONE,
    },
    troika: needsTroika(roles, environment)
      ? readTroika(environment, env, (name) => need(sender, name), faults)
      : undefined,
    shutdownDelayMs: environment.SHUTDOWN_DELAY_SECS * 1000,
    retentionDays: environment.RETENTION_DAYS,
    callbacks,
    alerts: readAlerts(environment, parsePairs(environment.ALERT_SECRETS ?? ''), faults, {
      ...options,
      env,
      dnsServers: callbacks.dnsServers,
    }),
    mode: options.demo ? 'demo' : env['NODE_ENV'] === 'production' ? 'production' : 'trial',
    unsafe: options.demo ? [] : findUnsafe(environment),
    logLevel: environment.LOG_LEVEL,
    tracing: readTracing(environment),
  };
  if (config.database.directUrl !== undefined && config.database.url === undefined) {
    faults.push('DATABASE_DIRECT_URL is set and DATABASE_URL is not; allowed: both, or DATABASE_URL alone');
  }
  if (!options.demo) refuseDemoSecrets(config, environment, faults);
  if (env['NODE_ENV'] === 'production') faults.push(...config.unsafe);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function readTracing({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS }: Environment) {
  if (OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return undefined;
  return { endpoint: OTEL_EXPORTER_OTLP_ENDPOINT, headers: OTEL_EXPORTER_OTLP_HEADERS ?? '' };
}

/** Workers send; cancellations and operators' claims are asked there where the address is given. */
function needsTroika(roles: ReadonlySet<Role>, { TROIKA_URL }: Environment): boolean {
  return roles.has('worker') || ((roles.has('orders') || roles.has('admin')) && TROIKA_URL !== undefined);
}

/** Drops empty variables and reads `NAME_FILE` for each secret that is not set itself. */
function withSecretFiles(env: Env, faults: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value !== '') given[name] = value;
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`];
    // The signature key's file may be PEM, which the signer reads itself.
    if (given[name] !== undefined || file === undefined || name === 'TROIKA_SIGNATURE_KEY') continue;
    try {
      given[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      faults.push(
        `${name}_FILE is "${file}", which cannot be read (${(error as NodeJS.ErrnoException).code}); ` +
          `allowed: a readable file that holds the value of ${name}`,
      );
    }
  }
  return given;
}

function quote(name: string, value: string | undefined): string {
  return SECRETS.includes(name) ? 'not in its form (a secret, not shown)' : `"${hideCredentials(value ?? '')}"`;
}

/** Gives the value of a variable that a role cannot do without, or notes its absence. */
function requirer(roles: ReadonlySet<Role>, environment: Environment, faults: string[]) {
  return (role: Role, name: keyof Environment): string => {
    const value = environment[name];
    if (typeof value === 'string') return value;
    if (roles.has(role))
      faults.push(`${name} is missing; the role ${role} needs it (.env.example says what goes there)`);
    return '';
  };
}

function readTroika(
  environment: Environment,
  env: Env,
  need: (name: keyof Environment) => string,
  faults: string[],
): TroikaConfig {
  const url = need('TROIKA_URL');
  return {
    url,
    proxy: readProxy(url, environment, env, faults),
    basicUser: need('TROIKA_BASIC_USER'),
    basicPassword: need('TROIKA_BASIC_PASSWORD'),
    apiPhone: need('TROIKA_API_PHONE'),
    terminalId: need('TROIKA_TERMINAL_ID'),
    languageId: environment.TROIKA_LANGUAGE_ID,
    timeFormat: environment.TROIKA_TIME_FORMAT === 'atom' ? 'atom' : 'sample',
    signature: {
      profile: environment.TROIKA_SIGNATURE,
      template: environment.TROIKA_SIGNATURE_TEMPLATE,
      keys: readSignatureKeys(environment, env, need),
    },
    timeoutMs: environment.TROIKA_TIMEOUT_MS,
    silentAfterMs: environment.TROIKA_SILENT_AFTER_MS,
    ratePerSecond: environment.TROIKA_RATE_PER_SECOND,
    retryScheduleSecs: environment.TROIKA_RETRY_SCHEDULE_SECS,
    trackScheduleSecs: environment.TROIKA_TRACK_SCHEDULE_SECS,
    trackSharePercent: environment.TROIKA_TRACK_SHARE_PERCENT,
    trackDeadlineDays: environment.TROIKA_TRACK_DEADLINE_DAYS,
    concurrency: environment.TROIKA_CONCURRENCY,
    retryableCodes: environment.TROIKA_RETRYABLE_CODES,
    trustedStatuses: readStatuses(environment.TROIKA_TRUST_STATUSES, environment.TROIKA_NOT_EXECUTED_STATUSES),
    resendUnknownAfterSecs: readResendAfter(environment.TROIKA_UNKNOWN_POLICY),
    sendWindow: readSendWindow(environment.TROIKA_SEND_WINDOW ?? ''),
    breaker: {
      failures: environment.TROIKA_BREAKER_FAILURES,
      unknowns: environment.TROIKA_UNKNOWN_LIMIT,
      pauseSecs: environment.TROIKA_BREAKER_PAUSE_SECS,
    },
    leaseMarginMs: environment.TROIKA_LEASE_MARGIN_MS,
    sweepGraceMs: environment.SWEEP_GRACE_MS,
    clockSkewLimitSecs: environment.CLOCK_SKEW_LIMIT_SECS,
    catalog: {
      catalogRefreshSecs: environment.TROIKA_CATALOG_REFRESH_SECS,
      accountRefreshSecs: environment.TROIKA_ACCOUNT_REFRESH_SECS,
      fundLow: environment.TROIKA_FUND_LOW,
      fundFloor: environment.TROIKA_FUND_FLOOR,
    },
  };
}

/** What HTTP says was not executed, less what is distrusted, and what the vendor has confirmed in addition. */
function readStatuses(trusted: string, confirmed: string | undefined): ReadonlySet<number> {
  const lists = [trusted === 'none' ? '' : trusted, confirmed ?? ''];
  return new Set(lists.flatMap((list) => (list === '' ? [] : list.split(',').map(Number))));
}

function readResendAfter(policy: string): number | undefined {
  const [, secs] = policy.split(':');
  return secs === undefined ? undefined : Number(secs);
}

function readSignatureKeys(
  environment: Environment,
  env: Env,
  need: (name: keyof Environment) => string,
): TroikaConfig['signature']['keys'] {
  const file = env['TROIKA_SIGNATURE_KEY_FILE'];
  if (environment.TROIKA_SIGNATURE_KEY !== undefined) return [{ text: environment.TROIKA_SIGNATURE_KEY }];
  if (file !== undefined && file !== '') return [{ file }];
  // An external signer has its own key.
  if (environment.TROIKA_SIGNATURE.startsWith('external:')) return [];
  return [{ text: need('TROIKA_SIGNATURE_KEY') }];
}

function parsePairs(text: string): [string, string][] {
  if (text === '') return [];
  return text.split(',').map((pair) => {
    const colon = pair.indexOf(':');
    return [pair.slice(0, colon), pair.slice(colon + 1)];
  });
}

function readOrdersKeys(
  pairs: readonly [string, string][],
  { ORDERS_API_KEY_SCOPES }: Environment,
  faults: string[],
): ApiKey[] {
  const scopes = readScopes(ORDERS_API_KEY_SCOPES, new Set(pairs.map(([name]) => name)), faults);
  return pairs.map(([name, secret]) => {
    const own = scopes.get(name);
    return { name, secret, ...(own && { scopes: own }) };
  });
}

function toApiKey([name, secret]: [string, string]): ApiKey {
  return { name, secret };
}
