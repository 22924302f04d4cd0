import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';

/** The guarantee fund at Тройка Бизнес, for our own services. */
@Module({ controllers: [AccountController] })
export class AccountModule {}
