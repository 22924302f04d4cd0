import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsObject,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsPositiveInteger, MayBeAbsent } from './dto-rules.js';
import { OrderDataDto } from './order-data.dto.js';
import { EMAIL_100, MAX_ORDER_LINES, PHONE, TEXT_100, VAT_NUMBER } from './patterns.js';

/**
 * The body of app_create_order as a class-validator class, for OpenAPI and for validation with pipes. Use it
 * with `whitelist` and `forbidNonWhitelisted`. The hot path is {@link validateCreateOrder}; tests hold the two to
 * the same verdict.
 */
export class CreateOrderDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ORDER_LINES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OrderDataDto)
  orderData!: OrderDataDto[];

  @MayBeAbsent()
  @IsPositiveInteger()
  regionId?: number;

  @MayBeAbsent()
  @IsPositiveInteger()
  paymentMethodId?: number;

  @MayBeAbsent()
  @Matches(VAT_NUMBER)
  vatNumber?: string;

  @MayBeAbsent()
  @IsPositiveInteger()
  legalEntityTypeId?: number;

  @MayBeAbsent()
  @Matches(TEXT_100)
  name?: string;

  @MayBeAbsent()
  @Matches(TEXT_100)
  firstname?: string;

  @MayBeAbsent()
  @Matches(TEXT_100)
  surname?: string;

  @MayBeAbsent()
  @Matches(EMAIL_100)
  email?: string;

  /** Required if a line has no phone (troika-business.md, "What is unknown"). */
  @ValidateIf((order: CreateOrderDto) => order.phone !== undefined || hasLineWithoutPhone(order))
  @Matches(PHONE)
  phone?: string;

  @MayBeAbsent()
  @IsBoolean()
  writeRemote?: boolean;
}

function hasLineWithoutPhone(order: CreateOrderDto): boolean {
  return Array.isArray(order.orderData) && order.orderData.some((line) => line?.phone === undefined);
}
