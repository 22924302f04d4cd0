import type pg from 'pg';
import { isVouchedFor, mostTrials, trialsOf } from '../../../partner/breaker-statements.js';
import { IS_OUTSIDE_WINDOW } from '../../ledger/claim-orders.js';
import type { LedgerFacts } from './ledger-facts.js';
import { statement } from '../../../storage/statement.js';

/** Why sending is stopped, as a stable word. */
export const STOP_REASONS = ['by-hand', 'ledger-restored', 'ledger-promoted', 'ledger-behind'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** The row that every claim reads, with what PostgreSQL is now. */
export interface SendingState {
  /** Without the identity: it may be open here and nothing is claimed, because the facts differ. */
  readonly state: 'open' | 'stopped';
  readonly since: Date;
  readonly reason: StopReason | null;
  /** The finding, for a person. */
  readonly message: string | null;
  /** Who stopped it; null for the gateway itself. */
  readonly decidedBy: string | null;
  readonly why: string | null;
  /** It resumes automatically when every worker has compared its journal and nothing is missing. */
  readonly mayContinue: boolean;
  readonly findings: Readonly<Record<string, unknown>>;
  readonly ledgerId: string;
  /** ISO 8601 in UTC with microseconds: a later one after each time the ledger was taken for the true one. */
  readonly identitySince: string;
  readonly recorded: LedgerFacts;
  readonly found: LedgerFacts;
  /** Whether the facts are the recorded ones. */
  readonly isSame: boolean;
  readonly serverRun: string;
  /** A standby: nothing can be written, and nothing claimed. */
  readonly isStandby: boolean;
}

/** Of `sending_guard g`; of equal length, so that the later text is the later moment. */
export const IDENTITY_SINCE = `to_char(g.identity_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const FIND = statement('find-sending-state')`
select g.state, g.since, g.reason, g.message, g.decided_by as "decidedBy", g.why, g.may_continue as "mayContinue",
       g.findings, l.ledger_id as "ledgerId", ${IDENTITY_SINCE} as "identitySince", g.identity as recorded, f.found,
       f.found = g.identity as "isSame", server_run() as "serverRun", pg_is_in_recovery() as "isStandby"
  from sending_guard g cross join send_journal_ledger l cross join (select ledger_facts() as found) f`;

/** The state of sending, and the identity of the ledger. */
export async function findSendingState(db: Pick<pg.ClientBase, 'query'> | pg.Pool): Promise<SendingState> {
  const { rows } = await db.query<SendingState>(FIND);
  const [state] = rows;
  if (state === undefined) throw new Error('the row of sending_guard is missing');
  return state;
}

/** What prevents claims at this moment, in all processes. */
export type SendingBrake = 'none' | 'fund-floor' | 'stopped' | 'outside-window' | 'breaker-open' | 'on-trial';

export interface BrakeState {
  readonly brake: SendingBrake;
  /** While the breaker is open: when a probe is due, and whether one is in progress. */
  readonly probeInMs: number | null;
  readonly isProbing: boolean;
}

/** $1: the limit of unknown outcomes in a row. */
const BRAKE = statement('find-sending-brake')`
select case when g.state <> 'open' or g.identity <> ledger_facts() then 'stopped'
            when h.held then 'fund-floor'
            when ${IS_OUTSIDE_WINDOW} then 'outside-window'
            when b.open_until is not null then 'breaker-open'
            when not (${isVouchedFor('b')}) and ${trialsOf('b')} >= ${mostTrials('b', '$1::integer')} then 'on-trial'
            else 'none' end as brake,
       (extract(epoch from b.open_until - now()) * 1000)::float8 as "probeInMs", b.probing as "isProbing"
  from sending_guard g cross join sending_hold h cross join partner_breaker b`;

/** Whether and why orders wait, for a worker that would otherwise take a slot of the rate limiter for nothing. */
export async function findSendingBrake(pool: pg.Pool, unknownLimit: number): Promise<BrakeState> {
  const { rows } = await pool.query<BrakeState>({ ...BRAKE, values: [unknownLimit] });
  return rows[0] ?? { brake: 'stopped', probeInMs: null, isProbing: false };
}
