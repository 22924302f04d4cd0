import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { describeError, type Logger } from '../../../core/logger.js';
import { Periodic } from '../../../storage/periodic.js';
import type { SendingGate } from './gate.js';
import { judgeLedger, type Evidence } from './judge-ledger.js';
import type { ReconcileReport } from '../journal/reconcile-report.js';
import { isClean } from './journal-report.js';
import { continueSending } from './resume-sending.js';
import { findSendingState, type SendingState } from './sending-state.js';
import { stopSendingByFinding } from './stop-sending.js';
import { beat, endWorker, recallWorker, registerWorker, type WorkerIdentity } from './worker-registry.js';

/** How often it looks at the ledger's identity and gives a sign of life. */
const PERIOD_MS = 1_000;

/** The send journals that this process can read. */
export interface ComparableJournal {
  /** Their folder; it outlives the process. */
  readonly id: string;
  /**
   * Compares them with the ledger and adds missing attempts. Throws when the ledger is unreachable.
   *
   * @param decide gets the report before the ledger records the comparison: the decision is stored before another
   *   process could find that nothing is missing
   */
  reconcile(decide: (report: ReconcileReport) => Promise<void>): Promise<ReconcileReport>;
}

export interface GuardParts {
  readonly pool: pg.Pool;
  readonly gate: SendingGate;
  /** Undefined: nothing is remembered, and after a promotion a person decides. */
  readonly journal: ComparableJournal | undefined;
}

/**
 * Watches over whether this process may send. Before anything is sent, and again after each start of the database
 * server and each lost connection, the ledger's identity is checked and the send journal compared. A finding stops
 * sending in all processes; only a promotion that lost nothing resumes automatically.
 */
export class LedgerGuard {
  private readonly worker: WorkerIdentity;
  /** The run and the facts that were checked last. */
  private checked: { run: string; found: string } | undefined;
  private lostConnection = false;
  private beats = 0;
  private peers: readonly string[] = [];
  /** Since when the ledger had been taken for the true one when it took the last sign of life. */
  private trustedSince: string | undefined;
  private readonly rounds = new Periodic(PERIOD_MS, () => this.lookOnce());
  private isStopping = false;

  constructor(
    private readonly parts: GuardParts,
    private readonly logger: Logger,
  ) {
    this.worker = { id: randomUUID(), journalId: parts.journal?.id ?? randomUUID() };
  }

  /** Does not wait for the first look: orders are accepted meanwhile. */
  start(): void {
    this.parts.pool.on('error', this.noteLostConnection);
    this.rounds.start({ atOnce: true });
  }

  /** Call it when all sends have ended: a ledger that has recorded the end has all earlier sends. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.parts.pool.off('error', this.noteLostConnection);
    await this.rounds.stop();
    if (this.checked === undefined) return;
    await endWorker(this.parts.pool, this.worker.id).catch((error: unknown) =>
      this.logger.warn({ error: describeError(error) }, 'the end of this worker was not written down'),
    );
  }

  /** One look; one at a time. A look that fails closes the gate. */
  look(): Promise<void> {
    return this.rounds.run();
  }

  /** A connection broke: the server may have been started again, with less than it had. */
  readonly noteLostConnection = (): void => {
    this.lostConnection = true;
    this.parts.gate.close('ledger', 'the connection to the database was lost; the ledger is compared once it is back');
    if (!this.isStopping) void this.look();
  };

  private async lookOnce(): Promise<void> {
    const { pool, gate } = this.parts;
    try {
      const state = await findSendingState(pool);
      if (state.isStandby) {
        gate.close('ledger', 'the database is a standby that takes no writes');
        return;
      }
      const found = JSON.stringify(state.found);
      const isKnown = this.checked?.run === state.serverRun && this.checked.found === found;
      if (!isKnown || this.lostConnection) await this.check(state);
      else await this.giveSign();
      // While sending is stopped this worker holds no jobs: the queue may serve another ledger, as beside a copy.
      if (state.state === 'stopped') gate.close('stopped', 'sending is stopped in all processes');
      else gate.open('stopped');
      if (state.mayContinue && (await continueSending(pool))) this.logger.info('sending continues: nothing is missing');
    } catch (error) {
      this.lostConnection = true;
      gate.close('ledger', 'the database does not answer; the ledger is compared once it does');
      this.logger.warn(
        { error: describeError(error) },
        'the ledger could not be checked; nothing is sent in the meantime',
      );
    }
  }

  /** Compares the state of this process with the ledger, and permits sending if the ledger permits it. */
  private async check(state: SendingState): Promise<void> {
    const { pool, gate, journal } = this.parts;
    gate.close('ledger', 'the ledger is being compared with the send journal');
    // What breaks from here on is a new loss.
    this.lostConnection = false;
    const memory = await recallWorker(pool, this.worker, this.peers);
    // A person who has decided since then knew of the loss.
    const isDecided = this.trustedSince !== undefined && this.trustedSince < state.identitySince;
    const lacksBeats =
      this.beats > (memory.beats ?? 0) || (this.checked !== undefined && memory.peers.length < this.peers.length);
    const lostBeats = lacksBeats && !isDecided;
    const decide = (found: ReconcileReport | undefined): Promise<void> =>
      this.decide(state, { journal: found, lostBeats });
    const report = await journal?.reconcile(decide);
    if (journal === undefined) await decide(undefined);
    const result = {
      facts: state.found,
      isClean: report !== undefined && isClean(report) && !lostBeats,
      knewLedger: memory.knewLedger,
      report,
    };
    await registerWorker(pool, this.worker, this.beats, result);
    // A loss is found once; it is not found again after a person has decided.
    this.peers = memory.peers;
    this.trustedSince = state.identitySince;
    this.checked = { run: state.serverRun, found: JSON.stringify(state.found) };
    if (!this.lostConnection) gate.admit(state.serverRun);
  }

  private async decide(state: SendingState, evidence: Evidence): Promise<void> {
    const judgement = judgeLedger(state, evidence);
    if (judgement === undefined) return;
    const { finding, byIdentity } = judgement;
    if (!(await stopSendingByFinding(this.parts.pool, finding, { seen: state, byIdentity }))) return;
    this.logger.error({ reason: finding.reason, ...finding.event.details }, finding.event.message);
  }

  private async giveSign(): Promise<void> {
    const { pool, gate } = this.parts;
    const { beats, peers, identitySince } = await beat(pool, this.worker.id, gate.reasons);
    if (beats === undefined) {
      // The ledger has lost this worker: it went back in time unnoticed.
      this.lostConnection = true;
      gate.close('ledger', 'the ledger does not know this worker any more; it is compared again');
      return;
    }
    this.beats = beats;
    this.peers = peers;
    this.trustedSince = identitySince;
  }
}
