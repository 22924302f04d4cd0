import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import pg from 'pg';
import type { Config } from '../config/config.js';
import type { Logger } from './logger.js';
import { Watches } from '../health/parts/watches.js';
import { Metrics } from '../metrics/metrics.js';

/** The pino logger, for injection. */
export const LOGGER = Symbol('logger');

/** The PostgreSQL pool, for injection. */
export const POOL = Symbol('pool');

/** What every module of a process may ask for: the configuration, the pool, the log, the metrics, the watches over parts. */
@Module({})
export class CoreModule {
  static forRoot(config: Config, pool: pg.Pool, logger: Logger, metrics: Metrics, watches: Watches): DynamicModule {
    return {
      module: CoreModule,
      global: true,
      // The environment was read and checked once, before anything started; the modules see only the result.
      imports: [ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true, load: [() => ({ ...config })] })],
      providers: [
        { provide: POOL, useValue: pool },
        { provide: LOGGER, useValue: logger },
        { provide: Metrics, useValue: metrics },
        { provide: Watches, useValue: watches },
      ],
      exports: [POOL, LOGGER, Metrics, Watches],
    };
  }
}
