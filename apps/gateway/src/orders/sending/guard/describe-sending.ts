import type pg from 'pg';
import { differingFacts, unknownFacts } from './ledger-facts.js';
import { countOrdersInDoubt } from './orders-in-doubt.js';
import type { SendingReport, StoredReport, WorkerView } from './sending-report.js';
import { findSendingStops } from './sending-stops.js';
import { statement } from '../../../storage/statement.js';

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
