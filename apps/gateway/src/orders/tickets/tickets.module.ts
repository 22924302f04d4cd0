import { Module, type DynamicModule } from '@nestjs/common';
import pg from 'pg';
import { LOGGER, POOL } from '../../core/core.module.js';
import type { Logger } from '../../core/logger.js';
import type { Partner } from '../../partner/partner.js';
import { CancelService } from './cancel.service.js';
import { Canceller } from './canceller.js';
import { TicketReader } from './ticket-reader.js';
import { TicketsController } from './tickets.controller.js';

/** Cancelling orders and tickets, and asking for a ticket. */
@Module({})
export class TicketsModule {
  /** @param connection undefined where the process has no connection to Тройка Бизнес */
  static forRoot(connection: { partner: Partner; leaseMs: number } | undefined): DynamicModule {
    return {
      module: TicketsModule,
      controllers: [TicketsController],
      providers: [
        {
          provide: CancelService,
          useFactory: (pool: pg.Pool, logger: Logger) => {
            const canceller = connection && new Canceller(pool, connection.partner, connection.leaseMs, logger);
            return new CancelService(pool, connection?.partner, canceller);
          },
          inject: [POOL, LOGGER],
        },
        {
          provide: TicketReader,
          useFactory: (pool: pg.Pool, logger: Logger) => new TicketReader(pool, connection?.partner, logger),
          inject: [POOL, LOGGER],
        },
      ],
    };
  }
}
