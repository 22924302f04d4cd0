import 'reflect-metadata';
import { Closers } from './boot/closers.js';
import { startGateway, stopLimitsOf } from './boot/gateway.js';
import { reportFailure } from './boot/run-command.js';
import { stopOnSignals } from './boot/run.js';
import { DEMO } from './config/demo-secrets.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './core/logger.js';
import { loadDemoCards } from './loyalty/card-program/postgres/demo-cards.js';

/**
 * The demo's defaults: only loopback, public secrets, and paid orders polled so often that one can watch their tickets.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  ...DEMO,
  PUBLIC_HOST: '127.0.0.1',
  INTERNAL_HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  // The stand-in is on this machine and needs no proxy.
  NO_PROXY: 'localhost,127.0.0.1,::1',
  TROIKA_TRACK_SCHEDULE_SECS: '1,2,5',
};

/** The message to `npm start` once everything serves. */
export interface DemoReady {
  readonly publicUrl: string | undefined;
  readonly internalUrl: string;
}

/** The environment with the demo's values where nothing is set; `NAME_FILE` counts as setting `NAME`. */
function withDefaults(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const isSet = (name: string): boolean => Boolean(env[name]) || Boolean(env[`${name}_FILE`]);
  const missing = Object.entries(DEFAULTS).filter(([name]) => !isSet(name));
  return { ...env, ...Object.fromEntries(missing) };
}

/** The gateway of `npm start`: as in production, but demo secrets are accepted and demo cards are there. */
async function main(): Promise<void> {
  const config = readConfig(withDefaults(process.env), { demo: true });
  const logger = createLogger(config.logLevel);
  const closers = new Closers(logger, stopLimitsOf(config));
  const starting = startGateway(config, logger, closers);
  stopOnSignals(starting, closers, logger, { isHangupAStop: true });
  const gateway = await starting;
  await loadDemoCards(gateway.pool);
  const ready: DemoReady = { publicUrl: gateway.publicUrl, internalUrl: gateway.internalUrl };
  process.send?.(ready);
}

main().catch((error: unknown) => {
  process.exit(reportFailure(error));
});
