import { Module } from '@nestjs/common';
import { ADMIN_KEYS } from '../../http/admin-keys.js';
import { CardsController } from './cards.controller.js';

/** What operators see and do of the built-in programme, on the internal port of a process with the role `admin`. */
@Module({ controllers: [CardsController], providers: [ADMIN_KEYS] })
export class CardsModule {}
