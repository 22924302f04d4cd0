import type pg from 'pg';
import type { ReconcileReport } from '../journal/reconcile-report.js';
import { differingFacts, unknownFacts, type FactName, type LedgerFacts } from './ledger-facts.js';
import { countOrdersInDoubt, type OrdersInDoubt } from './orders-in-doubt.js';
import { findSendingStops, type SendingStop, type SendingStopReason } from './sending-stops.js';
import { statement } from '../../../storage/statement.js';

/** As stored in the ledger: moments are texts. */
type StoredReport = Omit<ReconcileReport, 'lastAttemptAt'> & { readonly lastAttemptAt: string | null };

/** A process that sends, as its last sign of life has it. */
export interface WorkerView {
  readonly id: string;
  readonly journalId: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Date;
  readonly heartbeatAt: Date;
  readonly isAlive: boolean;
  /** Whether it has compared its journal with this ledger as it is now. */
  readonly hasCompared: boolean;
  /** Whether the ledger lacked nothing then. */
  readonly isClean: boolean;
  /** Why this process does not send, one sentence per cause. */
  readonly heldBecause: readonly string[];
  /** The result of the comparison; empty without a journal. */
  readonly journal: Partial<StoredReport>;
}

/** The state of sending: the body of `GET /admin/sending`. */
export interface SendingReport {
  readonly state: 'open' | 'stopped';
  /** Of what takes a person first; all of it stands in `stops`. */
  readonly reason: SendingStopReason | null;
  readonly message: string | null;
  readonly since: Date;
  readonly by: string | null;
  readonly why: string | null;
  readonly continuesByItself: boolean;
  readonly stops: readonly SendingStop[];
  /** Outcomes of orders in a row that no one knows. */
  readonly unknownOutcomes: number;
  readonly identity: {
    readonly ledgerId: string;
    readonly since: string;
    readonly recorded: LedgerFacts;
    readonly found: LedgerFacts;
    readonly differs: readonly FactName[];
    /** Facts that PostgreSQL does not reveal: they cannot be compared. */
    readonly notChecked: readonly FactName[];
  };
  readonly journals: {
    readonly seen: number;
    readonly missing: number;
    readonly strangers: number;
    readonly lastAttemptAt: string | null;
    readonly faults: readonly string[];
  };
  /** Null unless a person or the ledger has stopped sending. */
  readonly ordersInDoubt: OrdersInDoubt | null;
  readonly workers: readonly WorkerView[];
}

const WORKERS = statement('list-sending-workers')`
select w.id, w.journal_id as "journalId", w.host, w.pid, w.started_at as "startedAt", w.heartbeat_at as "heartbeatAt",
       w.heartbeat_at > clock_timestamp() - interval '10 seconds' as "isAlive",
       coalesce(w.checked_facts = ledger_facts(), false) as "hasCompared", w.is_clean as "isClean",
       w.held_because as "heldBecause", w.report as journal
  from sending_workers w
 where w.ended_at is null and w.heartbeat_at > clock_timestamp() - interval '7 days'
 order by w.heartbeat_at desc limit 200`;

/** Everything a person needs to decide whether orders may be sent again. */
export async function describeSending(pool: pg.Pool): Promise<SendingReport> {
  const { state, stops, unknowns } = await findSendingStops(pool);
  const { rows: workers } = await pool.query<WorkerView>(WORKERS);
  const differs = state.isSame ? [] : differingFacts(state.recorded, state.found);
  const isLedgerStopped = state.state === 'stopped' || !state.isSame;
  const [first] = stops;
  return {
    state: first === undefined ? 'open' : 'stopped',
    reason: first?.reason ?? null,
    message: first?.message ?? null,
    since: first?.since ?? state.since,
    by: state.decidedBy,
    why: state.why,
    continuesByItself: first?.continuesByItself ?? state.mayContinue,
    stops,
    unknownOutcomes: unknowns,
    identity: {
      ledgerId: state.ledgerId,
      since: state.identitySince,
      recorded: state.recorded,
      found: state.found,
      differs,
      notChecked: unknownFacts(state.found),
    },
    journals: sumJournals(workers),
    ordersInDoubt: isLedgerStopped ? await countOrdersInDoubt(pool) : null,
    workers,
  };
}

/** Of processes that share a journal folder, the latest comparison counts for all. */
function sumJournals(workers: readonly WorkerView[]): SendingReport['journals'] {
  const places = new Map<string, Partial<StoredReport>>();
  for (const { journalId, journal } of workers) if (!places.has(journalId)) places.set(journalId, journal);
  const reports = [...places.values()];
  const sum = (pick: (report: Partial<StoredReport>) => number | undefined): number =>
    reports.reduce((total, report) => total + (pick(report) ?? 0), 0);
  return {
    seen: sum((report) => report.journals),
    missing: sum((report) => report.missing),
    strangers: sum((report) => report.strangers),
    lastAttemptAt:
      reports
        .flatMap(({ lastAttemptAt }) => lastAttemptAt ?? [])
        .toSorted()
        .at(-1) ?? null,
    faults: reports.flatMap(({ faults }) => faults?.map(({ sentence }) => sentence) ?? []),
  };
}
