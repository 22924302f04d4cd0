import { Module, UnprocessableEntityException } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { loyaltyError, type LoyaltyError } from '@vestibule/koshelek-contract';
import { CardEntity, Member } from '../entities.js';
import { serve } from '../serve.js';
import { CardsController } from './cards.controller.js';
import { CardsService } from './cards.service.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env['DATABASE_URL'] ?? '',
      entities: [CardEntity, Member],
      poolSize: 10,
    }),
    TypeOrmModule.forFeature([CardEntity]),
  ],
  controllers: [CardsController],
  providers: [CardsService],
})
class CardsModule {}

const ERRORS: Readonly<Record<string, LoyaltyError>> = {
  msisdn: loyaltyError('badMsisdn', { field: 'msisdn', expected: 'ожидаются цифры' }),
  email: loyaltyError('badEmail', { field: 'email' }),
  birthDate: loyaltyError('badDate', { field: 'birthDate' }),
};

await serve(CardsModule, {
  transform: true,
  whitelist: true,
  exceptionFactory: ([fault]) =>
    new UnprocessableEntityException(ERRORS[fault?.property ?? ''] ?? loyaltyError('internalError')),
});
