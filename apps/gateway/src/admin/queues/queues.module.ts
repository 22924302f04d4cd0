import { Module, type DynamicModule } from '@nestjs/common';
import type { InspectQueue } from '../../queue/job-queue.js';
import { INSPECT_QUEUE, QueuesController } from './queues.controller.js';

/** Bull Board at `/admin/queues`, in a process with the role `admin`. */
@Module({})
export class QueuesModule {
  static forRoot(inspect: InspectQueue): DynamicModule {
    return {
      module: QueuesModule,
      controllers: [QueuesController],
      providers: [{ provide: INSPECT_QUEUE, useValue: inspect }],
    };
  }
}
