import {
  BARCODE_TYPES,
  DEFAULT_OFFERS_PATH,
  DEFAULT_PROMO_FIELDS,
  KOSHELEK_API_VERSIONS,
  RESERVED_NUMBER_FORMS,
} from '@vestibule/koshelek-contract';
import { Transform } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  NotEquals,
} from 'class-validator';
import { ROLES } from './config.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const SCHEDULE = 'seconds separated by commas, such as 1,5,30, each at most 604800 (a week)';
const PAUSES = 'seconds separated by commas, such as 5,10,30,60, each from 0.1 to 3600';
const CODES = 'result codes separated by commas, such as 12,13, none of them 0';
const FIELD_NAMES = /^[\w.-]+(\s*,\s*[\w.-]+)*$/;
const NAMED_SECRETS = /^[^:,\s]+:[^,\s]+(,[^:,\s]+:[^,\s]+)*$/;

/** Reads a decimal number; anything else stays what it was, so that the check that follows can name it. */
const toNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value,
);

const toList = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value,
);

const toNumberList = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item))) : value,
);

const whole = (least: number, most: number): PropertyDecorator => {
  const message = `a whole number from ${least} to ${most}`;
  return all(toNumber, IsInt({ message }), Min(least, { message }), Max(most, { message }));
};

const oneOf = (values: readonly string[]): PropertyDecorator =>
  IsIn(values, { message: `one of ${values.join(', ')}` });

const fieldNames = Matches(FIELD_NAMES, { message: 'names of JSON fields separated by commas' });

const http = IsUrl(
  { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
  { message: 'an http:// or https:// address' },
);

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorator of decorators) decorator(target, key);
  };
}

/**
 * The environment variables, each with the rule it must keep. A rule's message says what is allowed; who reads it
 * (`readConfig`) puts the variable's name and what was given in front.
 */
export class Environment {
  @toList
  @IsIn(ROLES, { each: true, message: `a comma-separated choice of ${ROLES.join(', ')}` })
  ROLES: string[] = [...ROLES];

  @whole(0, 65_535)
  PUBLIC_PORT = 8080;

  @IsString()
  PUBLIC_HOST = '0.0.0.0';

  @Matches(/^(\/[\w.~-]+)*$/, { message: 'a path such as /cardsmobile, without a trailing slash' })
  PUBLIC_BASE_PATH = '';

  @whole(0, 65_535)
  INTERNAL_PORT = 8081;

  @IsString()
  INTERNAL_HOST = '127.0.0.1';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'a postgres:// address' })
  DATABASE_URL?: string;

  @IsString()
  DATA_DIR = '.vestibule';

  @whole(2, 500)
  DATABASE_POOL_SIZE = 10;

  @IsOptional()
  @Matches(/^(rediss?:\/\/[^,\s]+(,rediss?:\/\/[^,\s]+)*|redis-sentinel:\/\/[^,\s]+(,[^,\s]+)*\/[^/\s]+)$/, {
    message:
      'redis://…, rediss://…, several of these separated by commas, or redis-sentinel://host:port,host:port/NAME',
  })
  REDIS_URL?: string;

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

  @IsOptional()
  @Matches(NAMED_SECRETS, { message: 'name:secret, several separated by commas' })
  ORDERS_API_KEYS?: string;

  @IsOptional()
  @Matches(NAMED_SECRETS, { message: 'name:secret, several separated by commas' })
  ADMIN_API_KEYS?: string;

  @IsOptional()
  @http
  TROIKA_URL?: string;

  @IsOptional()
  @IsString()
  TROIKA_BASIC_USER?: string;

  @IsOptional()
  @IsString()
  TROIKA_BASIC_PASSWORD?: string;

  @IsOptional()
  @Matches(/^\+7\d{10}$/, { message: 'the API user name in the form +7XXXXXXXXXX' })
  TROIKA_API_PHONE?: string;

  @IsOptional()
  @Matches(/^\S+$/, { message: 'the id of your service, such as bus_f78a8a6aa7fb3d5' })
  TROIKA_TERMINAL_ID?: string;

  @Matches(/^[a-z]{2}$/, { message: 'a language of two letters, such as ru' })
  TROIKA_LANGUAGE_ID = 'ru';

  @oneOf(['sample', 'atom'])
  TROIKA_TIME_FORMAT = 'sample';

  @IsString()
  TROIKA_SIGNATURE = 'hmac-sha1:hex';

  @IsString()
  TROIKA_SIGNATURE_TEMPLATE = '{body}';

  @IsOptional()
  @IsString()
  TROIKA_SIGNATURE_KEY?: string;

  @whole(100, 600_000)
  TROIKA_TIMEOUT_MS = 30_000;

  @toNumber
  @IsNumber({}, { message: 'a number of requests per second, from 0.01 to 100000' })
  @Min(0.01, { message: 'a number of requests per second, from 0.01 to 100000' })
  @Max(100_000, { message: 'a number of requests per second, from 0.01 to 100000' })
  TROIKA_RATE_PER_SECOND = 3;

  @toNumberList
  @IsNumber({}, { each: true, message: SCHEDULE })
  @Min(0, { each: true, message: SCHEDULE })
  @Max(604_800, { each: true, message: SCHEDULE })
  TROIKA_RETRY_SCHEDULE_SECS: number[] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800];

  @whole(1, 1000)
  TROIKA_CONCURRENCY = 16;

  @toNumberList
  @IsInt({ each: true, message: CODES })
  @NotEquals(0, { each: true, message: CODES })
  TROIKA_RETRYABLE_CODES: number[] = [];

  @Matches(/^(hold|resend-after:[1-9]\d{0,6})$/, { message: 'hold, or resend-after:SECONDS' })
  TROIKA_UNKNOWN_POLICY = 'hold';

  @whole(1, 1000)
  TROIKA_BREAKER_FAILURES = 5;

  @toNumberList
  @ArrayNotEmpty({ message: PAUSES })
  @IsNumber({}, { each: true, message: PAUSES })
  @Min(0.1, { each: true, message: PAUSES })
  @Max(3600, { each: true, message: PAUSES })
  TROIKA_BREAKER_PAUSE_SECS: number[] = [5, 10, 30, 60];

  /** Beyond the partner's time limit: how long a sender may need to write an outcome down. */
  @whole(100, 3_600_000)
  TROIKA_LEASE_MARGIN_MS = 30_000;

  /** How long an order may be due before the queue is asked whether it has it. */
  @whole(100, 3_600_000)
  SWEEP_GRACE_MS = 5_000;

  @IsOptional()
  @whole(1, 36_500)
  RETENTION_DAYS?: number;

  @IsOptional()
  @IsString()
  TLS_CERT_FILE?: string;

  @IsOptional()
  @IsString()
  TLS_KEY_FILE?: string;

  @IsOptional()
  @IsString()
  TLS_CLIENT_CA_FILE?: string;

  @oneOf(LOG_LEVELS)
  LOG_LEVEL = 'info';
}

/** Variables whose value is never repeated in a message, and that also come as `NAME_FILE`. */
export const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'KOSHELEK_CREDENTIALS',
  'CARD_PROGRAM_KEY',
  'ORDERS_API_KEYS',
  'ADMIN_API_KEYS',
  'TROIKA_BASIC_USER',
  'TROIKA_BASIC_PASSWORD',
  'TROIKA_SIGNATURE_KEY',
] as const;
