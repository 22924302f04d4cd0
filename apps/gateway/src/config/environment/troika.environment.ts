import { ArrayNotEmpty, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min, NotEquals } from 'class-validator';
import { sendWindow } from './send-window.js';
import { http, oneOf, secondsList, toNumber, toNumberList, whole } from './rules.js';

const SCHEDULE = 'seconds separated by commas, such as 1,5,30, each at most 604800 (a week)';
const TRACK_SCHEDULE = 'seconds separated by commas, such as 5,30,120,600, each from 0.1 to 604800 (a week)';
const PAUSES = 'seconds separated by commas, such as 5,10,30,60, each from 0.1 to 3600';
const CODES = 'result codes separated by commas, such as 12,13, none of them 0';

/** The connection to Тройка Бизнес, and how orders are sent. */
export class TroikaEnvironment {
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

  /** Read only if TROIKA_URL is not in NO_PROXY; its form is checked there. */
  @IsOptional()
  @IsString()
  HTTPS_PROXY?: string;

  @IsOptional()
  @IsString()
  HTTP_PROXY?: string;

  @IsOptional()
  @IsString()
  NO_PROXY?: string;

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

  /** A request that waits so long while no other is answered is a sign that the partner is silent. */
  @whole(100, 600_000)
  TROIKA_SILENT_AFTER_MS = 5_000;

  @toNumber
  @IsNumber({}, { message: 'a number of requests per second, from 0.01 to 100000' })
  @Min(0.01, { message: 'a number of requests per second, from 0.01 to 100000' })
  @Max(100_000, { message: 'a number of requests per second, from 0.01 to 100000' })
  TROIKA_RATE_PER_SECOND = 2;

  @secondsList(0, 604_800, SCHEDULE)
  TROIKA_RETRY_SCHEDULE_SECS: number[] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 28_800];

  @ArrayNotEmpty({ message: TRACK_SCHEDULE })
  @secondsList(0.1, 604_800, TRACK_SCHEDULE)
  TROIKA_TRACK_SCHEDULE_SECS: number[] = [5, 30, 120, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400];

  /** Of the rate, for tracking, while orders wait to be sent. */
  @whole(0, 90)
  TROIKA_TRACK_SHARE_PERCENT = 10;

  @whole(1, 3_650)
  TROIKA_TRACK_DEADLINE_DAYS = 90;

  @whole(1, 1000)
  TROIKA_CONCURRENCY = 16;

  @toNumberList
  @IsInt({ each: true, message: CODES })
  @NotEquals(0, { each: true, message: CODES })
  TROIKA_RETRYABLE_CODES: number[] = [];

  /** Without a valid envelope, these say that nothing was executed. */
  @Matches(/^(none|[34]\d\d(\s*,\s*[34]\d\d)*)$/, {
    message: 'HTTP statuses from 300 to 499 separated by commas, or none',
  })
  TROIKA_TRUST_STATUSES = '300,301,302,307,308,401,404,405,407,411,413,414,415,429,431';

  /** Statuses beyond those that HTTP defines so, confirmed by the vendor. */
  @IsOptional()
  @Matches(/^[3-5]\d\d(\s*,\s*[3-5]\d\d)*$/, {
    message: 'HTTP statuses from 300 to 599 separated by commas, such as 503',
  })
  TROIKA_NOT_EXECUTED_STATUSES?: string;

  @IsOptional()
  @sendWindow
  TROIKA_SEND_WINDOW?: string;

  @Matches(/^(hold|resend-after:[1-9]\d{0,6})$/, { message: 'hold, or resend-after:SECONDS' })
  TROIKA_UNKNOWN_POLICY = 'hold';

  @whole(1, 1000)
  TROIKA_BREAKER_FAILURES = 5;

  /** After so many unknown outcomes in a row sending pauses. */
  @whole(1, 1000)
  TROIKA_UNKNOWN_LIMIT = 3;

  @ArrayNotEmpty({ message: PAUSES })
  @secondsList(0.1, 3600, PAUSES)
  TROIKA_BREAKER_PAUSE_SECS: number[] = [5, 10, 30, 60];

  /** Beyond the partner's time limit: how long a sender may need to write an outcome down. */
  @whole(100, 3_600_000)
  TROIKA_LEASE_MARGIN_MS = 30_000;

  /** Which of several due orders is sent next. */
  @oneOf(['single-first', 'fifo'])
  ORDERS_PRIORITY = 'single-first';

  /** How long an order may be due before the queue is asked whether it has it. */
  @whole(100, 3_600_000)
  SWEEP_GRACE_MS = 5_000;

  /** A process whose clock differs from PostgreSQL's by more than this does not send. */
  @whole(1, 86_400)
  CLOCK_SKEW_LIMIT_SECS = 60;
}

export const TROIKA_SECRETS = [
  'TROIKA_BASIC_USER',
  'TROIKA_BASIC_PASSWORD',
  'TROIKA_SIGNATURE_KEY',
  'HTTPS_PROXY',
  'HTTP_PROXY',
] as const;
