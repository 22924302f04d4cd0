import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { BearerKeys } from '../http/bearer.js';
import type { Config } from '../config/config.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { Ledger } from './ledger/ledger.js';
import { DocumentationController } from './openapi/documentation.controller.js';
import { OrderQueriesController } from './order-queries.controller.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';
import { SendQueue } from './send-queue.js';

/** The orders API. */
@Module({})
export class OrdersModule {
  static forRoot(ledger: Ledger, queue: SendQueue): DynamicModule {
    return {
      module: OrdersModule,
      controllers: [OrdersController, OrderQueriesController, EventsController, DocumentationController],
      providers: [
        OrdersService,
        EventStreams,
        { provide: Ledger, useValue: ledger },
        { provide: SendQueue, useValue: queue },
        {
          provide: BearerKeys,
          useFactory: (config: ConfigService<Config, true>) =>
            new BearerKeys(config.get('orders', { infer: true }).apiKeys),
          inject: [ConfigService],
        },
      ],
    };
  }
}
