import { normaliseDate, normaliseEmail, normaliseMsisdn } from '@vestibule/koshelek-contract';
import { Transform } from 'class-transformer';
import { IsEmail, IsISO8601, IsOptional, Matches } from 'class-validator';

const normalised = (normalise: (text: string) => string | undefined): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (normalise(value) ?? value) : value));

/** The query of `GET /v1/card`. */
export class FindCardDto {
  @IsOptional()
  @normalised(normaliseMsisdn)
  @Matches(/^\d{7,15}$/)
  msisdn?: string;

  @IsOptional()
  @normalised(normaliseEmail)
  @IsEmail()
  email?: string;

  @IsOptional()
  @normalised(normaliseDate)
  @IsISO8601()
  birthDate?: string;
}
