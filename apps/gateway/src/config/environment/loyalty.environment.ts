import {
  BARCODE_TYPES,
  DEFAULT_OFFERS_PATH,
  DEFAULT_PROMO_FIELDS,
  KOSHELEK_API_VERSIONS,
  RESERVED_NUMBER_FORMS,
} from '@vestibule/koshelek-contract';
import { IsOptional, Matches } from 'class-validator';
import { address, fieldNames, NAMED_SECRETS, oneOf, whole } from './rules.js';

/** The public listener, and the programme behind it. */
export class LoyaltyEnvironment {
  /** Where Кошелёк calls, for the check before going live. */
  @IsOptional()
  @address(faultOfPublicUrl)
  PUBLIC_URL?: string;

  @Matches(/^(\/[\w.~-]+)*$/, { message: 'a path such as /cardsmobile, without a trailing slash' })
  PUBLIC_BASE_PATH = '';

  @IsOptional()
  @Matches(NAMED_SECRETS, { message: 'login:password, several separated by commas' })
  KOSHELEK_CREDENTIALS?: string;

  @oneOf(KOSHELEK_API_VERSIONS)
  KOSHELEK_API_VERSION = '1.3.0';

  @oneOf(['401', '422'])
  KOSHELEK_AUTH_FAILURE_STATUS = '401';

  @oneOf(['omit', 'empty'])
  KOSHELEK_NULLS = 'omit';

  @oneOf(RESERVED_NUMBER_FORMS)
  KOSHELEK_RESERVED_NUMBER_FORM = 'number';

  @Matches(/^(\/([\w.~-]+|\{cardNumber\}))+$/, {
    message: 'a path below /v1 such as /card/{cardNumber}/promo, which no other method has',
  })
  KOSHELEK_OFFERS_PATH = DEFAULT_OFFERS_PATH;

  @fieldNames
  KOSHELEK_RECEIPT_FIELDS = DEFAULT_PROMO_FIELDS.receipt.join(',');

  @fieldNames
  KOSHELEK_PROMO_CODE_FIELDS = DEFAULT_PROMO_FIELDS.promoCode.join(',');

  @fieldNames
  KOSHELEK_PROMO_CARD_FIELDS = DEFAULT_PROMO_FIELDS.cardNumber.join(',');

  @fieldNames
  KOSHELEK_PROMO_PHONE_FIELDS = DEFAULT_PROMO_FIELDS.phone.join(',');

  @whole(1, 99_999_999)
  KOSHELEK_RECEIPT_MAX_SUM = 1_000_000;

  @whole(1, 604_800)
  KOSHELEK_RESERVATION_HOLD_SECS = 3600;

  @oneOf(['pool-or-generated', 'pool'])
  KOSHELEK_CARD_NUMBERS = 'pool-or-generated';

  @Matches(/^\d{0,40}$/, { message: 'up to 40 digits' })
  KOSHELEK_CARD_NUMBER_PREFIX = '22';

  @whole(6, 50)
  KOSHELEK_CARD_NUMBER_LENGTH = 13;

  @oneOf(BARCODE_TYPES)
  KOSHELEK_CARD_BARCODE_TYPE = 'EAN_13';

  @oneOf(['refuse', 'show-inactive'])
  KOSHELEK_BLOCKED_CARDS = 'refuse';

  @oneOf(['refuse', 'prefer-phone'])
  KOSHELEK_AMBIGUOUS_SEARCH = 'refuse';

  @IsOptional()
  @whole(1, 36_500)
  LOYALTY_RETENTION_DAYS?: number;

  @oneOf(['on', 'off'])
  LOYALTY_CALLS_RECORD = 'on';

  @Matches(/^(postgres$|https?:\/\/|module:\/)/, {
    message: 'postgres, an http:// or https:// address, or module:/path/to/file.mjs',
  })
  CARD_PROGRAM = 'postgres';

  @IsOptional()
  @Matches(/^\S{32,}$/, { message: 'at least 32 characters without spaces' })
  CARD_PROGRAM_KEY?: string;

  @whole(100, 60_000)
  CARD_PROGRAM_TIMEOUT_MS = 3000;

  @whole(100, 120_000)
  CARD_PROGRAM_DEADLINE_MS = 5000;

  @whole(1, 1000)
  CARD_PROGRAM_PAUSE_AFTER = 5;

  @whole(100, 3_600_000)
  CARD_PROGRAM_PAUSE_MS = 10_000;
}

function faultOfPublicUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (isPlain && /^https?:$/.test(url.protocol) && !/\/v1\/?$/.test(url.pathname)) return undefined;
  return 'an https:// address without credentials, up to but without /v1, such as https://loyalty.example.com';
}

export const LOYALTY_SECRETS = ['KOSHELEK_CREDENTIALS', 'CARD_PROGRAM_KEY'] as const;
