/** Why the database cannot do something now, though nothing is wrong with what it was asked. */
export type DatabaseTrouble =
  | 'out-of-reach'
  | 'read-only'
  | 'disk-full'
  | 'out-of-resources'
  | 'too-many-connections'
  | 'took-too-long'
  | 'conflict';

/** What is wrong and what to do, in one sentence for an operator; the caller of a request reads it too. */
export const TROUBLE_SENTENCES: Readonly<Record<DatabaseTrouble, string>> = {
  'out-of-reach': 'PostgreSQL cannot be reached, or has just ended our connections.',
  'read-only':
    'PostgreSQL takes no writes: it is a standby, or default_transaction_read_only is on. Point DATABASE_URL at the primary, or switch it off.',
  'disk-full': 'The disk of PostgreSQL is full or fails: make room there.',
  'out-of-resources': 'PostgreSQL has reached a limit of its own (memory, shared memory, locks): its log says which.',
  'too-many-connections':
    'PostgreSQL has no connection left for us: raise max_connections, or lower DATABASE_POOL_SIZE.',
  'took-too-long':
    'A statement in PostgreSQL took longer than it may: something holds a lock, or the server is overloaded.',
  conflict: 'Transactions in PostgreSQL got into each other’s way; the same call succeeds when it is made again.',
};

/** By SQLSTATE, exactly or by its class. */
const BY_STATE: Readonly<Record<string, DatabaseTrouble>> = {
  '25006': 'read-only',
  '53100': 'disk-full',
  '58030': 'disk-full',
  '53300': 'too-many-connections',
  '53': 'out-of-resources',
  '57014': 'took-too-long',
  '55P03': 'took-too-long',
  '25P03': 'took-too-long',
  '25P04': 'took-too-long',
  '40001': 'conflict',
  '40P01': 'conflict',
  '57P01': 'out-of-reach',
  '57P02': 'out-of-reach',
  '57P03': 'out-of-reach',
  '57P04': 'out-of-reach',
  '57P05': 'out-of-reach',
  '08': 'out-of-reach',
};

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
/** What node-postgres and the watch over silent connections say; neither gives a code. */
const NETWORK_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|timeout expired|Query read timeout|connection error and is not queryable|Client was closed|fell silent/;

/**
 * Says which trouble of the database an error is; undefined for one of our own making.
 *
 * @param error whatever was thrown
 */
export function databaseTroubleOf(error: unknown): DatabaseTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    const trouble = troubleOfState(code);
    if (trouble !== undefined) return trouble;
    if (NETWORK.has(code)) return 'out-of-reach';
  }
  return NETWORK_MESSAGE.test(error.message) ? 'out-of-reach' : undefined;
}

/** @param state an SQLSTATE */
export function troubleOfState(state: string): DatabaseTrouble | undefined {
  return BY_STATE[state] ?? (/^[0-9A-Z]{5}$/.test(state) ? BY_STATE[state.slice(0, 2)] : undefined);
}

/** Whether a commit that failed with this error may have happened all the same: the answer to it was lost. */
export function mayHaveCommitted(error: unknown): boolean {
  if (databaseTroubleOf(error) !== 'out-of-reach') return false;
  const { code, message } = error as Error & { code?: unknown };
  const neverBegan = code === 'ECONNREFUSED' || code === '57P03' || code === 'EAI_AGAIN';
  return !neverBegan && !message.includes('when trying to connect');
}
