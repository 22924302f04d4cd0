import { Module, type DynamicModule } from '@nestjs/common';
import { GoLiveController } from './go-live.controller.js';
import { GoLiveRunner } from './go-live-runner.js';
import { PublicAddress } from './public-address.js';

/** What has to be true before Кошелёк calls, in a process with the role `admin`. */
@Module({})
export class GoLiveModule {
  static forRoot(address: PublicAddress): DynamicModule {
    return {
      module: GoLiveModule,
      controllers: [GoLiveController],
      providers: [GoLiveRunner, { provide: PublicAddress, useValue: address }],
    };
  }
}
