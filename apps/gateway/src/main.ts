import 'reflect-metadata';
import { Closers } from './boot/closers.js';
import { startGateway, stopLimitsOf } from './boot/gateway.js';
import { limitHeapGrowth } from './boot/v8-heap-growth.js';
import { printsUsage, reportFailure } from './boot/run-command.js';
import { stopOnSignals } from './boot/run.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './core/logger.js';
import { describeBuild } from './core/version.js';

const USAGE = `usage: node apps/gateway/dist/main.js

Runs the gateway in the roles of ROLES (loyalty, orders, worker, admin) until it is stopped by a signal. Settings come from
the environment, and from a file .env in the working directory; .env.example lists them. It brings the database to the
schema of this release first, as migrate.js does.

  --help      this text

Exit status: 0 stopped, 1 refused to start or not stopped cleanly, 2 an unknown option.
`;

/** The production entry point: everything from the environment, and from a file `.env` beside us if there is one. */
async function main(): Promise<void> {
  if (printsUsage(USAGE)) return;
  limitHeapGrowth();
  const config = readConfig(processEnvironment());
  const logger = createLogger(config.logLevel);
  logger.info(describeBuild(), 'starting');
  for (const fault of config.unsafe) logger.warn(`NODE_ENV=production would refuse this: ${fault}`);
  const closers = new Closers(logger, stopLimitsOf(config));
  const starting = startGateway(config, logger, closers);
  stopOnSignals(starting, closers, logger);
  // Listeners with TLS read their files again on it; without a listener for it, Node would end the process.
  process.on('SIGHUP', () => logger.info('SIGHUP: certificates are read again, settings need a restart'));
  await starting;
}

main().catch((error: unknown) => {
  process.exitCode = reportFailure(error);
});
