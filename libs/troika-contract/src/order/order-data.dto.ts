import { Equals, IsIn, Matches, ValidateIf } from 'class-validator';
import type { OrderLineType } from '../requests.js';
import { IsMoneyAmount, IsPositiveInteger, MayBeAbsent } from './dto-rules.js';
import { CARD_NUMBER, EMAIL_100, PHONE, TEXT_100 } from './patterns.js';

/** One line of an order as a class-validator class (troika-business.md, "The order": `orderData[]`). */
export class OrderDataDto {
  @IsIn(['newcard', 'owncard'])
  type!: OrderLineType;

  @ValidateIf((line: OrderDataDto) => line.type === 'newcard' || line.cardTypeId !== undefined)
  @IsPositiveInteger()
  cardTypeId?: number;

  @ValidateIf((line: OrderDataDto) => line.type === 'owncard' || line.cardNumber !== undefined)
  @Matches(CARD_NUMBER)
  cardNumber?: string;

  @IsPositiveInteger()
  tariffId!: number;

  @Equals('RUB')
  currencyId!: 'RUB';

  @MayBeAbsent()
  @IsMoneyAmount()
  amount?: number;

  @ValidateIf((line: OrderDataDto) => line.type === 'newcard' || line.quantity !== undefined)
  @IsPositiveInteger()
  quantity?: number;

  @MayBeAbsent()
  @Matches(PHONE)
  phone?: string;

  @MayBeAbsent()
  @Matches(EMAIL_100)
  email?: string;

  @MayBeAbsent()
  @Matches(TEXT_100)
  name?: string;
}
