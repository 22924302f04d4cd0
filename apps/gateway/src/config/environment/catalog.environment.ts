import { IsOptional, Matches } from 'class-validator';
import { whole } from './rules.js';

const ROUBLES = /^\d{1,12}(\.\d{1,2})?$/;
const roubles = Matches(ROUBLES, { message: 'an amount of roubles such as 50000 or 50000.50' });

/** The scheduled readings of Тройка Бизнес, and the limits of the guarantee fund. */
export class CatalogEnvironment {
  @whole(1, 604_800)
  TROIKA_CATALOG_REFRESH_SECS = 3600;

  @whole(1, 86_400)
  TROIKA_ACCOUNT_REFRESH_SECS = 60;

  @IsOptional()
  @roubles
  TROIKA_FUND_LOW?: string;

  @IsOptional()
  @roubles
  TROIKA_FUND_FLOOR?: string;
}
