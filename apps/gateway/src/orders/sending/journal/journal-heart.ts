import type { Pool } from 'pg';
import { describeError, type Logger } from '../../../core/logger.js';
import { Periodic } from '../../../storage/periodic.js';
import { beatJournal } from './beat-journal.js';
import type { SendJournal } from './send-journal.js';

const PERIOD_MS = 5_000;
/** Without news, a sign of life is sent this often. */
const IDLE_PERIODS = 5;

/**
 * Reports the position of this process's journal to the ledger now and then, and records the ledger's position in the
 * journal. When the ledger has lost commits, the mark does not move until the journal was compared with it.
 */
export class JournalHeart {
  private readonly rounds = new Periodic(PERIOD_MS, () => this.round());
  private count = 0;
  private expected: number | undefined;
  private seenUpTo = 0;
  private idlePeriods = IDLE_PERIODS;
  private isBehind = false;
  private isPaused = false;

  /** @param onBehind called when the ledger has gone back in time; the journal must then be compared with it */
  constructor(
    private readonly pool: Pool,
    private readonly journal: SendJournal,
    private readonly onBehind: (why: string) => void,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.rounds.start();
  }

  /** No beat until it is resumed: a comparison is running. */
  async pause(): Promise<void> {
    this.isPaused = true;
    await this.rounds.idle();
  }

  resume(): void {
    this.isPaused = false;
  }

  /** The last beat of a process that ends leaves little to be compared at the next start. */
  async stop(): Promise<void> {
    await this.rounds.stop();
    await this.tryBeat();
  }

  /** The journal was compared with the ledger as it is now. @param beat what it remembers of this journal */
  compared(beat: number | undefined): void {
    this.expected = beat;
    this.isBehind = false;
  }

  /** One beat now, unless the ledger has to be compared first. */
  async beat(): Promise<void> {
    await this.rounds.idle();
    await this.tryBeat();
  }

  private async round(): Promise<void> {
    if (this.isPaused) return;
    this.idlePeriods += 1;
    if (this.idlePeriods >= IDLE_PERIODS || this.journal.hasMoved(this.seenUpTo)) await this.tryBeat();
  }

  private async tryBeat(): Promise<void> {
    if (this.isBehind) return;
    const progress = this.journal.progress();
    try {
      await this.take(progress);
    } catch (error) {
      this.journal.giveBack(progress.settled);
      this.logger.warn(
        { error: describeError(error) },
        'the position of the send journal was not reported to the ledger',
      );
    }
  }

  private async take({ place, settled, lastAttemptAt }: ReturnType<SendJournal['progress']>): Promise<void> {
    const { id: journal, sign } = this.journal;
    const { expected } = this;
    const beat = this.count + 1;
    const report = { journal, host: sign.host, beat, expected, place, lastAttemptAt, settled };
    const outcome = await beatJournal(this.pool, report);
    if (outcome.kind === 'behind') {
      this.isBehind = true;
      this.journal.giveBack(settled);
      this.logger.error({ why: outcome.why }, 'the ledger has gone back in time');
      this.onBehind(outcome.why);
      return;
    }
    this.count = beat;
    this.expected = beat;
    this.idlePeriods = 0;
    await this.journal.see({ beat, identitySince: outcome.identitySince, ...outcome.position });
    this.seenUpTo = this.journal.lastSeq;
  }
}
