import { Module } from '@nestjs/common';
import { CardsController } from './cards.controller.js';

/** What operators see and do of the built-in programme, on the internal port of a process with the role `admin`. */
@Module({ controllers: [CardsController] })
export class CardsModule {}
