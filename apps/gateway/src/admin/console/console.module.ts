import { Module, type DynamicModule } from '@nestjs/common';
import { OperatorSessions } from '../../http/auth/operator-sessions.js';
import { ConsoleController } from './console.controller.js';
import { SessionController } from './session.controller.js';

/** The operators' page at `/console`, on the internal port of a process with the role `admin`. */
@Module({})
export class ConsoleModule {
  static forRoot(sessions: OperatorSessions): DynamicModule {
    return {
      module: ConsoleModule,
      controllers: [ConsoleController, SessionController],
      providers: [{ provide: OperatorSessions, useValue: sessions }],
    };
  }
}
