import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import pg from 'pg';
import type { Config } from '../config/config.js';
import type { Logger } from '../logging/logger.js';

/** The pino logger, for injection. */
export const LOGGER = Symbol('logger');

/** The PostgreSQL pool, for injection. */
export const POOL = Symbol('pool');

/** What every module of a process may ask for: the configuration, the pool and the log. */
@Module({})
export class CoreModule {
  static forRoot(config: Config, pool: pg.Pool, logger: Logger): DynamicModule {
    return {
      module: CoreModule,
      global: true,
      // The environment was read and checked once, before anything started; the modules see only the result.
      imports: [ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true, load: [() => ({ ...config })] })],
      providers: [
        { provide: POOL, useValue: pool },
        { provide: LOGGER, useValue: logger },
      ],
      exports: [POOL, LOGGER],
    };
  }
}
