import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller.js';

/** The operators' page at `/console`, on the internal port of a process with the role `admin`. */
@Module({ controllers: [ConsoleController] })
export class ConsoleModule {}
