/** What can be wrong with a request before any of our methods sees it. Each door answers it in its own way. */
export type TransportFault =
  | 'malformed-json'
  | 'not-utf8'
  | 'body-too-large'
  | 'headers-too-large'
  | 'malformed-request'
  | 'unsupported-media-type'
  | 'timeout'
  | 'not-found'
  | 'unavailable'
  | 'internal';

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
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'timeout',
  // PostgreSQL is away, or has no connection for us.
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  '57P01': 'unavailable',
  '57P03': 'unavailable',
  '53300': 'unavailable',
};

/** Says which fault an error thrown by Node, Fastify or the database stands for. */
export function faultOf(error: unknown): TransportFault {
  if (!(error instanceof Error)) return 'internal';
  const { code, status, statusCode } = error as { code?: unknown; status?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? BY_CODE[code] : undefined;
  if (known !== undefined) return known;
  if (typeof code === 'string' && code.startsWith('HPE_')) return 'malformed-request';
  if (/timeout exceeded when trying to connect|Connection terminated/.test(error.message)) return 'unavailable';
  if (status === 404) return 'not-found';
  if (typeof statusCode === 'number' && statusCode < 500) return 'malformed-request';
  return 'internal';
}
