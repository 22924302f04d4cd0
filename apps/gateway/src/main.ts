import 'reflect-metadata';
import { Closers } from './boot/closers.js';
import { startGateway, stopLimitsOf } from './boot/gateway.js';
import { limitHeapGrowth } from './boot/v8-heap-growth.js';
import { reportStartFailure, stopOnSignals } from './boot/run.js';
import { processEnvironment } from './config/process-environment.js';
import { readConfig } from './config/read-config.js';
import { createLogger } from './core/logger.js';

/** The production entry point: everything from the environment, and from a file `.env` beside us if there is one. */
async function main(): Promise<void> {
  limitHeapGrowth();
  const config = readConfig(processEnvironment());
  const logger = createLogger(config.logLevel);
  for (const fault of config.unsafe) logger.warn(`NODE_ENV=production would refuse this: ${fault}`);
  const closers = new Closers(logger, stopLimitsOf(config));
  const starting = startGateway(config, logger, closers);
  stopOnSignals(starting, closers, logger);
  await starting;
}

main().catch((error: unknown) => {
  reportStartFailure(error);
  process.exitCode = 1;
});
