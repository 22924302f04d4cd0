import { CreateOrderDto } from '@vestibule/troika-contract';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsOptional, IsString, IsUrl, MaxLength, ValidateNested } from 'class-validator';

/** The body of `POST /orders`. */
export class PostOrderDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => CreateOrderDto)
  order!: CreateOrderDto;

  @IsOptional()
  @IsString()
  @MaxLength(255)
  reference?: string;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_tld: false })
  callbackUrl?: string;

  @IsOptional()
  @IsObject()
  metadata?: object;
}
