import { randomUUID } from 'node:crypto';
import { describeError, type Logger } from '../../../core/logger.js';
import type { CappedLog } from '../../../queue/capped-log.js';
import type { JournalEntry, LedgerSeen, SendBegun, SendEnded } from './journal-line.js';
import { JournalWriter, type JournalPlace, type WrittenLine } from './journal-writer.js';
import { ownSign } from './process-sign.js';

export interface SendJournalOptions {
  readonly directory: string;
  /** The identity of the ledger that this process sends for. */
  readonly ledgerId: string;
  readonly copy: CappedLog | undefined;
  /** Called when the journal becomes unwritable, with the reason, and when it is writable again. */
  readonly onWritable: (isWritable: boolean, why: string) => void;
  /** Called when an attempt would begin a second time. */
  readonly onRepeated?: (why: string) => void;
  readonly segmentBytes?: number;
  readonly segmentMs?: number;
  /** After a failure the disk is tried again after these times; the last one continues. */
  readonly retryMs?: readonly number[];
}

/** What an attempt that is about to begin may do. */
export type BeginOutcome =
  /** It is on disk: it may be sent. */
  | 'begun'
  /** It is not: nothing may be sent. */
  | 'unwritable'
  /** It was begun before: the ledger has gone back in time since, and nothing may be sent. */
  | 'repeated';

type Key = Pick<SendBegun, 'orderId' | 'attempt'>;
export type Begun = Omit<SendBegun, 'kind' | 'at' | 'ledgerId'>;
export type Ended = Omit<SendEnded, 'kind' | 'at' | 'ledgerId'>;

const SEGMENT_BYTES = 8 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** Attempts of orders that are remembered in memory, to notice one that the ledger gives out a second time. */
const MOST_REMEMBERED = 50_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000] as const;

/**
 * This process's record of what it sends, on disk before the first byte leaves. Its file belongs to this start of this
 * process alone.
 */
export class SendJournal {
  readonly id = randomUUID();
  readonly sign = ownSign();
  private readonly writer: JournalWriter;
  /** The attempts that are not settled in the ledger, with the position before each; the oldest first. */
  private readonly open = new Map<string, JournalPlace>();
  /** The attempts settled since the last call. */
  private settledSince: Key[] = [];
  /** The highest attempt of each order, the orders sent last only. */
  private readonly begunBefore = new Map<string, number>();
  /** Outcomes that could not be written, until they are or the ledger has them. */
  private readonly unwritten = new Map<string, SendEnded>();
  private failures = 0;
  private retrying: NodeJS.Timeout | undefined;
  private lastBegunAt: Date | undefined;

  constructor(
    private readonly options: SendJournalOptions,
    private readonly logger: Logger,
  ) {
    const { directory, ledgerId, segmentBytes = SEGMENT_BYTES, segmentMs = DAY_MS } = options;
    this.writer = new JournalWriter({
      directory,
      journal: this.id,
      opening: (afterFailure) => ({
        kind: 'opened',
        ledgerId,
        at: new Date().toISOString(),
        journal: this.id,
        ...this.sign,
        afterFailure,
      }),
      segmentBytes,
      segmentMs,
      onWritten: (lines) => this.written(lines),
    });
  }

  get isWritable(): boolean {
    return this.failures === 0;
  }

  /** Writes down that an attempt is about to be sent. Nothing may be sent unless it gives `begun`. */
  async begin(begun: Begun): Promise<BeginOutcome> {
    const { orderId, attempt } = begun;
    if ((this.begunBefore.get(orderId) ?? 0) >= attempt) {
      this.options.onRepeated?.(`the ledger gave out attempt ${attempt} of order ${orderId} a second time`);
      return 'repeated';
    }
    if (!this.isWritable) return 'unwritable';
    const now = new Date();
    this.remember(orderId, attempt);
    const { ledgerId } = this.options;
    if (!(await this.append({ kind: 'begun', ledgerId, at: now.toISOString(), ...begun }))) return 'unwritable';
    if (this.lastBegunAt === undefined || now > this.lastBegunAt) this.lastBegunAt = now;
    return 'begun';
  }

  /** Writes the outcome of an attempt. It is kept and retried when the disk is unwritable; it never throws. */
  async end(ended: Ended): Promise<void> {
    const { ledgerId } = this.options;
    const entry: SendEnded = { kind: 'ended', ledgerId, at: new Date().toISOString(), ...ended };
    if (this.isWritable && (await this.append(entry, true))) return;
    this.logger.error({ ...ended }, 'the outcome of an attempt is not in the send journal');
    this.unwritten.set(keyOf(ended), entry);
  }

  /** The ledger has the outcome of an attempt. */
  settled({ orderId, attempt }: Key): void {
    const key = keyOf({ orderId, attempt });
    this.unwritten.delete(key);
    if (this.open.delete(key)) this.settledSince.push({ orderId, attempt });
  }

  /** Its position, and the attempts settled since the last call. A caller that could not use them gives them back. */
  progress(): { place: JournalPlace; settled: Key[]; lastAttemptAt: Date | null } {
    const [oldest] = this.open.values();
    const settled = this.settledSince;
    this.settledSince = [];
    return { place: oldest ?? this.writer.end, settled, lastAttemptAt: this.lastBegunAt ?? null };
  }

  giveBack(settled: readonly Key[]): void {
    this.settledSince = [...settled, ...this.settledSince];
  }

  /** The number of the last line that is on disk. */
  get lastSeq(): number {
    return this.writer.end.seq;
  }

  /** Whether anything was settled, or written down behind a line, since `progress` was asked for. */
  hasMoved(sinceSeq: number): boolean {
    return this.settledSince.length > 0 || this.lastSeq !== sinceSeq;
  }

  /** Records the position of the ledger. */
  async see(seen: Omit<LedgerSeen, 'kind' | 'ledgerId' | 'at'>): Promise<void> {
    if (!this.isWritable) return;
    await this.append({ kind: 'ledger', ledgerId: this.options.ledgerId, at: new Date().toISOString(), ...seen });
  }

  async close(): Promise<void> {
    clearTimeout(this.retrying);
    await this.writer.close();
    this.options.copy?.flush();
  }

  /** @returns whether it is on disk */
  private async append(entry: JournalEntry, mayLinger = false): Promise<boolean> {
    try {
      await (mayLinger ? this.writer.appendSoon(entry) : this.writer.append(entry));
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** Synchronously, so that no one sees a position after an attempt that is not known as open. */
  private written(lines: readonly WrittenLine[]): void {
    for (const { entry, before } of lines) if (entry.kind === 'begun') this.open.set(keyOf(entry), before);
    this.options.copy?.append(this.id, lines);
  }

  private fail(error: unknown): void {
    const why = describeError(error).message;
    const isFirst = this.failures === 0;
    // Lines that were to be written together fail together: the disk is tried again once for all of them.
    if (!isFirst && this.retrying !== undefined) return;
    const { retryMs = RETRY_MS } = this.options;
    const pauseMs = retryMs[Math.min(this.failures, retryMs.length - 1)] as number;
    this.failures += 1;
    this.logger.error({ error: describeError(error), pauseMs }, 'the send journal cannot be written: nothing is sent');
    this.retrying = setTimeout(() => void this.retry(), pauseMs);
    if (isFirst) this.options.onWritable(false, why);
  }

  /** The outcomes that are still missing, or an empty segment, show whether the disk takes lines again. */
  private async retry(): Promise<void> {
    this.retrying = undefined;
    const waiting = [...this.unwritten];
    const { ledgerId } = this.options;
    const at = new Date().toISOString();
    const probe: JournalEntry = { kind: 'ledger', ledgerId, at, beat: 0, systemId: null, timeline: null, lsn: null };
    const taken = await Promise.all([probe, ...waiting.map(([, entry]) => entry)].map((entry) => this.append(entry)));
    if (taken.includes(false)) return;
    for (const [key] of waiting) this.unwritten.delete(key);
    this.failures = 0;
    this.logger.info('the send journal can be written again');
    this.options.onWritable(true, '');
  }

  private remember(orderId: string, attempt: number): void {
    this.begunBefore.delete(orderId);
    this.begunBefore.set(orderId, attempt);
    if (this.begunBefore.size <= MOST_REMEMBERED) return;
    const [oldest] = this.begunBefore.keys();
    if (oldest !== undefined) this.begunBefore.delete(oldest);
  }
}

function keyOf({ orderId, attempt }: Key): string {
  return `${orderId} ${attempt}`;
}
