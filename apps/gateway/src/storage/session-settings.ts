import pg from 'pg';
import { ColumnArrays } from './column-arrays.js';

/**
 * What every session of ours depends on, set by us when a connection is made: a role, a database or `options=` in
 * DATABASE_URL may say otherwise, for reasons that have nothing to do with the ledger. Values are spelled as
 * `current_setting` spells them. Planner and memory settings stay as the administrator has them.
 */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  // How values are written: the client reads ISO dates only, and a date it cannot read becomes null.
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  client_encoding: 'UTF8',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  // Claims and settles are single statements that must see what was committed just before them.
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  // Triggers guard the states of an order; `replica` switches them off.
  session_replication_role: 'origin',
  // Statements of ours are short; compiling one costs more than running it.
  jit: 'off',
  // A statement that hangs becomes an error; waiting for a lock is part of the statement.
  statement_timeout: '30s',
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
  // A process that was stopped within a transaction must not hold the locks of the others.
  idle_in_transaction_session_timeout: '1min',
};

/** The limit of a statement, for a session that had to lift it for a while. */
export const RESTORE_STATEMENT_LIMIT = `set statement_timeout = '${SESSION_SETTINGS['statement_timeout']}'`;

const SETTINGS = new ColumnArrays<readonly [name: string, value: string]>({
  name: ['text', ([name]) => name],
  value: ['text', ([, value]) => value],
});

/**
 * `synchronous_commit` below `on` loses commits that were answered; `remote_apply` and `remote_write` are stricter
 * choices of the administrator and stay. A setting that this server does not know is passed over.
 */
const APPLY = `
with applied as (
  select set_config(name, value, false) from ${SETTINGS.rowsAs('wanted')}
   where current_setting(name, true) <> value
  union all
  select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')
)
select pg_backend_pid() as "backendPid", current_schemas(false)::text[] as schemas, count(*) from applied`;

/** What the server says of a session that is prepared. */
export interface PreparedSession {
  /** The process that serves it; behind a pooler it is another than the client was given. */
  readonly backendPid: number;
  /** Where names without a schema are looked up, in order. */
  readonly schemas: readonly string[];
}

/**
 * The one statement that prepares a new session; it gives a `PreparedSession`.
 *
 * @param searchPath the schemas to look in, as `set search_path` takes them; those of the role unless given
 */
export function sessionStatement(searchPath?: string): { text: string; values: unknown[][] } {
  const settings = { ...SESSION_SETTINGS, ...(searchPath === undefined ? {} : { search_path: searchPath }) };
  return { text: APPLY, values: SETTINGS.of(Object.entries(settings)) };
}

/** They hold for a session, not for a transaction that has begun, or need a right to be set: so they are checked. */
const OF_SESSION_ONLY = [
  'default_transaction_isolation',
  'default_transaction_deferrable',
  'session_replication_role',
  'transaction_timeout',
];
/** What a server does to sessions in which nothing happens is the pooler's concern. */
const OF_POOLER = 'idle_session_timeout';

/**
 * For a pooler that lends sessions to transactions: the one statement that sets what a transaction depends on. It has
 * no parameters.
 *
 * @param searchPath the schemas to look in, as `set search_path` takes them
 */
export function transactionStatement(searchPath: string): string {
  const settings = Object.entries({ ...SESSION_SETTINGS, search_path: searchPath })
    .filter(([name]) => name !== OF_POOLER && !OF_SESSION_ONLY.includes(name))
    .map(([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`);
  const commit = `coalesce(nullif(nullif(current_setting('synchronous_commit'), 'off'), 'local'), 'on')`;
  return `select ${settings.join(', ')}, set_config('synchronous_commit', ${commit}, true)`;
}

/** Gives the name of each setting that no transaction can correct, and that is not as we need it. */
export function sessionFaultStatement(): { text: string; values: unknown[][] } {
  const wanted = OF_SESSION_ONLY.map((name) => [name, SESSION_SETTINGS[name] ?? ''] as const);
  const text = `select name, value from ${SETTINGS.rowsAs('wanted')} where current_setting(name, true) <> value`;
  return { text, values: SETTINGS.of(wanted) };
}
