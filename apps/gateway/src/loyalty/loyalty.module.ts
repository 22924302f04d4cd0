import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import pg from 'pg';
import { LOGGER, POOL } from '../core/core.module.js';
import type { Config } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import { Watches } from '../health/parts/watches.js';
import { koshelekOf } from './koshelek-config.js';
import { CARD_PROGRAM } from './card-program/card-program.js';
import { openCardProgram } from './card-program/open-card-program.js';
import { LoyaltyController } from './loyalty.controller.js';
import { LoyaltyService } from './loyalty.service.js';

/** The Loyalty Online API of Кошелёк. */
@Module({
  controllers: [LoyaltyController],
  providers: [
    LoyaltyService,
    {
      provide: CARD_PROGRAM,
      useFactory: (pool: pg.Pool, config: ConfigService<Config, true>, logger: Logger, watches: Watches) =>
        openCardProgram(koshelekOf(config), pool, logger, watches),
      inject: [POOL, ConfigService, LOGGER, Watches],
    },
  ],
})
export class LoyaltyModule {}
