import { Module } from '@nestjs/common';
import { ADMIN_KEYS } from '../../http/admin-keys.js';
import { ConsoleController } from './console.controller.js';

/** The operators' page at `/console`, on the internal port of a process with the role `admin`. */
@Module({ controllers: [ConsoleController], providers: [ADMIN_KEYS] })
export class ConsoleModule {}
