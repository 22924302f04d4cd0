import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CallbacksController } from './callbacks/api/callbacks.controller.js';
import { CallbackSender } from './callbacks/callback-sender.js';
import { Catalog } from '../partner/catalog/catalog.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { DayBudgets } from './ledger/day-budgets.js';
import { Ledger } from './ledger/ledger.js';
import { DocumentationController } from './openapi/documentation.controller.js';
import { OrderQueriesController } from './api/order-queries.controller.js';
import { OwnOrderGuard } from './api/own-order.guard.js';
import { OrderRate } from './api/order-rate.js';
import { OrdersController } from './api/orders.controller.js';
import { DryRunService } from './api/dry-run.service.js';
import { OrdersService } from './api/orders.service.js';
import { TRACES, type Traces } from '../tracing/traces.js';
import { RequestHashes } from './api/request-hash.js';
import { SendQueue } from './sending/send-queue.js';

/** What the orders API asks beside the ledger. */
export interface OrdersParts {
  readonly callbacks: CallbackSender;
  readonly catalog: Catalog;
  readonly traces: Traces;
  readonly hashes: RequestHashes;
  readonly rate: OrderRate;
  readonly budgets: DayBudgets;
}

/** The orders API. */
@Module({})
export class OrdersModule {
  static forRoot(ledger: Ledger, queue: SendQueue, parts: OrdersParts): DynamicModule {
    return {
      module: OrdersModule,
      controllers: [
        OrdersController,
        OrderQueriesController,
        EventsController,
        DocumentationController,
        CallbacksController,
      ],
      providers: [
        OrdersService,
        DryRunService,
        EventStreams,
        { provide: APP_GUARD, useClass: OwnOrderGuard },
        { provide: Ledger, useValue: ledger },
        { provide: SendQueue, useValue: queue },
        { provide: CallbackSender, useValue: parts.callbacks },
        { provide: Catalog, useValue: parts.catalog },
        { provide: TRACES, useValue: parts.traces },
        { provide: RequestHashes, useValue: parts.hashes },
        { provide: OrderRate, useValue: parts.rate },
        { provide: DayBudgets, useValue: parts.budgets },
      ],
    };
  }
}
