import { Module } from '@nestjs/common';
import { CallsController } from './calls.controller.js';

/** What operators see of Кошелёк's calls. */
@Module({ controllers: [CallsController] })
export class CallsModule {}
