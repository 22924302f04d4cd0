import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { ROLES } from '../config.js';
import { SECOND_PERSON_KINDS } from '../second-person-kinds.js';
import { faultOfDatabaseUrl, faultOfRedisUrl } from './server-addresses.js';
import { timeZone } from './time-zone.js';
import { address, http, NAMED_SECRETS, oneOf, toList, whole } from './rules.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** The roles of a process, its listeners, its database and queue, and the keys of its internal listener. */
export class ProcessEnvironment {
  @toList
  @IsIn(ROLES, { each: true, message: `a comma-separated choice of ${ROLES.join(', ')}` })
  ROLES: string[] = [...ROLES];

  @whole(0, 65_535)
  PUBLIC_PORT = 8080;

  @IsString()
  PUBLIC_HOST = '0.0.0.0';

  @whole(0, 65_535)
  INTERNAL_PORT = 8081;

  @IsString()
  INTERNAL_HOST = '127.0.0.1';

  @IsOptional()
  @address(faultOfDatabaseUrl)
  DATABASE_URL?: string;

  @IsOptional()
  @address(faultOfDatabaseUrl)
  DATABASE_DIRECT_URL?: string;

  @IsOptional()
  @IsString()
  DATABASE_PASSWORD?: string;

  @IsString()
  DATA_DIR = '.vestibule';

  @IsOptional()
  @IsString()
  SEND_JOURNAL_DIR?: string;

  @whole(1, 3_650)
  SEND_JOURNAL_DAYS = 30;

  @whole(2, 500)
  DATABASE_POOL_SIZE = 10;

  @IsOptional()
  @address(faultOfRedisUrl)
  REDIS_URL?: string;

  @IsOptional()
  @IsString()
  REDIS_PASSWORD?: string;

  @IsOptional()
  @Matches(NAMED_SECRETS, { message: 'name:secret, several separated by commas' })
  ORDERS_API_KEYS?: string;

  @IsOptional()
  @IsString()
  ORDERS_API_KEY_SCOPES?: string;

  @IsOptional()
  @IsString()
  ORDERS_PER_SECOND?: string;

  @IsOptional()
  @IsString()
  ORDERS_ROUBLES_PER_DAY?: string;

  @IsOptional()
  @Matches(NAMED_SECRETS, { message: 'name:secret, several separated by commas' })
  ADMIN_API_KEYS?: string;

  @timeZone
  REPORT_TIME_ZONE = 'Europe/Moscow';

  @whole(1, 999_999_999)
  CARD_CREDIT_LIMIT = 100_000;

  @toList
  @IsIn(SECOND_PERSON_KINDS, { each: true, message: `a comma-separated choice of ${SECOND_PERSON_KINDS.join(', ')}` })
  SECOND_PERSON: string[] = [];

  @IsOptional()
  @Matches(/^[^,\s]{32,}(,[^,\s]{32,})*$/, { message: 'at least 32 characters, several keys separated by commas' })
  REQUEST_HASH_KEY?: string;

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

  @whole(0, 300)
  SHUTDOWN_DELAY_SECS = 0;

  @IsOptional()
  @IsString()
  INTERNAL_TLS_CERT_FILE?: string;

  @IsOptional()
  @IsString()
  INTERNAL_TLS_KEY_FILE?: string;

  @IsOptional()
  @IsString()
  INTERNAL_TLS_CLIENT_CA_FILE?: string;

  @oneOf(LOG_LEVELS)
  LOG_LEVEL = 'info';

  @IsOptional()
  @http
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @IsOptional()
  @Matches(/^[^=,\s]+=[^,\s]*(,[^=,\s]+=[^,\s]*)*$/, { message: 'name=value, several separated by commas' })
  OTEL_EXPORTER_OTLP_HEADERS?: string;
}

export const PROCESS_SECRETS = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_PASSWORD',
  'REDIS_URL',
  'REDIS_PASSWORD',
  'ORDERS_API_KEYS',
  'ADMIN_API_KEYS',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'REQUEST_HASH_KEY',
] as const;
