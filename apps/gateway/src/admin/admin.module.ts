import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService, QUEUE_PING } from './health.service.js';

/** What probes and operators see. */
@Module({})
export class AdminModule {
  static forRoot(pingQueue: (() => Promise<void>) | undefined): DynamicModule {
    return {
      module: AdminModule,
      controllers: [HealthController],
      providers: [HealthService, { provide: QUEUE_PING, useValue: pingQueue }],
    };
  }
}
