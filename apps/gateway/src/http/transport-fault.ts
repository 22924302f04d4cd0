import { types } from 'node:util';
import { HttpException } from '@nestjs/common';
import { databaseTroubleOf } from '../storage/database-trouble.js';

/** What can be wrong with a request before any of our methods sees it. Each listener answers it in its own way. */
export type TransportFault =
  | 'malformed-json'
  | 'not-utf8'
  | 'duplicate-key'
  | 'body-too-large'
  | 'headers-too-large'
  | 'malformed-request'
  | 'unsound-head'
  | 'unsupported-media-type'
  | 'timeout'
  | 'too-many-connections'
  | 'not-found'
  | 'unavailable'
  | 'internal';

/** Errors of Node's HTTP parser, of Fastify and of our own body reader, by their code. */
const BY_CODE: Readonly<Record<string, TransportFault>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed-request',
  FST_ERR_NOT_FOUND: 'not-found',
  VESTIBULE_MALFORMED_JSON: 'malformed-json',
  VESTIBULE_NOT_UTF8: 'not-utf8',
  VESTIBULE_DUPLICATE_KEY: 'duplicate-key',
  VESTIBULE_TOO_MANY_TOKENS: 'body-too-large',
  VESTIBULE_UNSOUND_HEAD: 'unsound-head',
  VESTIBULE_UNSUPPORTED_ENCODING: 'unsupported-media-type',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'timeout',
};

/** Maps an error thrown by Node, Fastify, NestJS or the database to a fault. */
export function faultOf(error: unknown): TransportFault {
  // An error of another realm is no instance of ours, and Fastify's own are instances but not native.
  if (!(error instanceof Error) && !types.isNativeError(error)) return 'internal';
  // NestJS makes an HttpException of Fastify's errors; the code is in its cause.
  if (error instanceof HttpException && error.cause !== undefined) return faultOf(error.cause);
  const { code, status, statusCode = status } = error as { code?: unknown; status?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? BY_CODE[code] : undefined;
  if (known !== undefined) return known;
  if (typeof code === 'string' && code.startsWith('HPE_')) return 'malformed-request';
  // Before the database's codes: a caller that hangs up in the middle of a body is ECONNRESET too, with a status 400.
  if (typeof statusCode === 'number' && statusCode < 500) {
    return statusCode === 404 ? 'not-found' : 'malformed-request';
  }
  return databaseTroubleOf(error) === undefined ? 'internal' : 'unavailable';
}
