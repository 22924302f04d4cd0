import { PortError } from './listen.js';
import { describeError } from '../core/logger.js';

const NETWORK = 'DATABASE_URL leads nowhere';

/** By SQLSTATE or by Node's code: what a start that failed means for a person. The message of the error is in braces. */
const BY_CODE: Readonly<Record<string, string>> = {
  EACCES: 'no permission on the disk ({}); set DATA_DIR to a folder we may write to',
  EPERM: 'no permission on the disk ({}); set DATA_DIR to a folder we may write to',
  EROFS: 'no permission on the disk ({}); set DATA_DIR to a folder we may write to',
  ENOSPC: 'the disk is full ({})',
  ECONNREFUSED: `${NETWORK} ({}); check the address and that PostgreSQL is running`,
  ENOTFOUND: `${NETWORK} ({}); check the address and that PostgreSQL is running`,
  EAI_AGAIN: `${NETWORK} ({}); the name server does not answer`,
  EHOSTUNREACH: `${NETWORK} ({}); check the address and the network`,
  ENETUNREACH: `${NETWORK} ({}); check the address and the network`,
  ETIMEDOUT: `${NETWORK} ({}); check the address and the firewall`,
  '28P01': 'PostgreSQL refuses our user or password; correct DATABASE_URL',
  '28000': 'PostgreSQL refuses our user or password; correct DATABASE_URL',
  '3D000': 'the database named in DATABASE_URL does not exist; create it first',
  '3F000':
    'the search_path of the user of DATABASE_URL leads to no schema ({}); create one, or correct the search_path',
  '42501':
    'the user of DATABASE_URL lacks a right ({}); as an administrator run, in that database: GRANT CREATE ON DATABASE <database> TO <user>; GRANT USAGE, CREATE ON SCHEMA public TO <user>',
  '25006':
    'DATABASE_URL leads to a PostgreSQL that takes no writes ({}): a standby, or default_transaction_read_only is on; point it at the primary',
  '53300':
    'PostgreSQL has no connection left for the user of DATABASE_URL ({}); raise max_connections, or lower DATABASE_POOL_SIZE',
  '57P03': 'the PostgreSQL of DATABASE_URL is starting or stopping ({}); try again',
  '53100': 'the disk of the PostgreSQL of DATABASE_URL is full ({})',
  '42704': 'the PostgreSQL of DATABASE_URL is too old ({}); we need 14 or newer',
  '08P01':
    'what answers at DATABASE_URL refuses how we connect ({}); a pooler in between may take no options= in DATABASE_URL (docs/operations/poolers.md)',
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate('is signed by itself'),
  SELF_SIGNED_CERT_IN_CHAIN: certificate('comes from an authority that we do not know'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate('comes from an authority that we do not know'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate('comes from an authority that we do not know'),
  CERT_HAS_EXPIRED: certificate('has expired'),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate('is for another name'),
};

const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [
    /does not support SSL connections/,
    'DATABASE_URL asks for TLS (sslmode), and that PostgreSQL has none; drop sslmode, or set ssl = on there',
  ],
  [/timeout expired|connection timeout/, `${NETWORK} ({}); check the address and the firewall`],
  [/unsupported startup parameter/, BY_CODE['08P01'] ?? ''],
];

function certificate(fault: string): string {
  return `the certificate of the PostgreSQL of DATABASE_URL ${fault} ({}); add sslrootcert=FILE with its authority to DATABASE_URL, or sslmode=no-verify to do without the check`;
}

/** Says in one line why a process does not start, naming the variable to correct. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof PortError) return error.message;
  const { code, message } = describeError(error);
  const said = BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? BY_CODE[code ?? ''];
  return said?.replace('{}', () => message) ?? (message || 'an unknown error');
}
