/** What the addresses of PostgreSQL and Redis may look like. The messages never hold the address: it has a password. */

const ENCODE =
  'write % : / @ ? # and blanks of a name or password percent-encoded (% is %25, : is %3A, / is %2F, @ is %40, # is %23)';

const POSTGRES = 'a postgres://user:password@host:port/database address';

/** The fault of a `DATABASE_URL`; undefined without one. */
export function faultOfDatabaseUrl(text: string): string | undefined {
  if (!/^postgres(ql)?:\/\//.test(text)) return POSTGRES;
  // A socket's folder may be used as the host, which no URL allows.
  if (/^postgres(ql)?:\/\/(\/|[^/]*@\/)/.test(text)) return undefined;
  const url = readUrl(text);
  if (url === undefined) return `${POSTGRES}; ${ENCODE}`;
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode)) return `${POSTGRES}; sslmode is one of ${SSL_MODES.join(', ')}`;
  return undefined;
}

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

const REDIS =
  'redis://…, rediss://…, several of these separated by commas, or redis-sentinel://host:port,host:port/NAME';

/** What is wrong with a `REDIS_URL`; undefined for nothing. */
export function faultOfRedisUrl(text: string): string | undefined {
  if (text.startsWith('redis-sentinel://')) return faultOfSentinels(text);
  if (!/^rediss?:\/\/[^,\s]+(,rediss?:\/\/[^,\s]+)*$/.test(text)) return REDIS;
  const several = text.includes(',');
  for (const part of text.split(',')) {
    const url = readUrl(part);
    if (url === undefined || url.hostname === '' || url.hash !== '') return `${REDIS}; ${ENCODE}`;
    const database = url.pathname.replace(/^\//, '');
    if (!/^\d{0,5}$/.test(database)) return `${REDIS}; behind the host stands the number of a database, or nothing`;
    if (several && Number(database) !== 0) return `${REDIS}; a Redis Cluster has no databases but 0`;
  }
  return undefined;
}

function faultOfSentinels(text: string): string | undefined {
  const [, credentials = '', hosts = ''] = /^redis-sentinel:\/\/(?:([^@/]*)@)?([^/\s]+)\/[^/\s]+$/.exec(text) ?? [];
  if (hosts === '') return `${REDIS}; ${ENCODE}`;
  if (!canDecode(credentials)) return `${REDIS}; ${ENCODE}`;
  const isGood = hosts.split(',').every((host) => host !== '' && readUrl(`redis://${host}`) !== undefined);
  return isGood ? undefined : REDIS;
}

function readUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return canDecode(url.username) && canDecode(url.password) && canDecode(url.pathname) ? url : undefined;
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
