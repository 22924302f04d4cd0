import { crc32 } from 'node:zlib';
import type { AttemptSettlement } from '../../ledger/settle-attempts.js';

/** What every line says beside its own matter. */
interface Common {
  /** The identity of the ledger it is about: lines of another ledger are compared with nothing. */
  readonly ledgerId: string;
  /** ISO 8601, by the clock of the process that wrote it. */
  readonly at: string;
}

/** The first line of every segment: who writes it. */
export interface SegmentOpened extends Common {
  readonly kind: 'opened';
  /** The journal: one for each start of a process. */
  readonly journal: string;
  readonly host: string;
  readonly pid: number;
  /** When the process was started, in the system's format; distinguishes it from a later one with the same pid. */
  readonly startedAt: string;
  /** The segment before could not be written any more: numbers may be missing between the two. */
  readonly afterFailure: boolean;
}

/** A request is about to leave. It is on disk before the first byte. */
export interface SendBegun extends Common {
  readonly kind: 'begun';
  readonly orderId: string;
  readonly attempt: number;
  /** The name of the producer's key. */
  readonly producer: string;
  readonly idempotencyKey: string;
  /** SHA-256 of what the producer posted, in hex. */
  readonly requestHash: string;
}

/** Its outcome: no text of the partner, no name, phone or card. */
export interface SendEnded extends Common {
  readonly kind: 'ended';
  readonly orderId: string;
  readonly attempt: number;
  readonly outcome: AttemptSettlement['outcome'];
  readonly reason: string | null;
  readonly httpStatus: number | null;
  readonly durationMs: number;
  /** What the outcome table made of it at the time. */
  readonly status: AttemptSettlement['verdict']['status'];
  readonly cause: string;
  readonly resultCode: number | null;
  readonly troikaOrderId: string | null;
  readonly troikaUuid: string | null;
  readonly totalAmount: string | null;
  /** The attempt does not count against the retry schedule. */
  readonly isFree: boolean;
}

/** The ledger's position, written after the ledger has committed this beat. */
export interface LedgerSeen extends Common {
  readonly kind: 'ledger';
  /** Counts from 1 within a journal. A ledger that remembers an earlier one only has gone back in time. */
  readonly beat: number;
  /**
   * Since when the ledger had been taken for the true one (`SendingState.identitySince`). A decision since then was made
   * knowing that this beat is lost. Absent in lines of earlier versions.
   */
  readonly identitySince?: string;
  /** Of PostgreSQL; null if it is not revealed. */
  readonly systemId: string | null;
  readonly timeline: number | null;
  /** A position in the write-ahead log that is on disk, such as `0/16B3748`. */
  readonly lsn: string | null;
}

export type JournalEntry = SegmentOpened | SendBegun | SendEnded | LedgerSeen;

/** A line with its number, which grows by one along a journal. */
export interface JournalLine {
  readonly seq: number;
  readonly entry: JournalEntry;
}

/** Longer ones are not ours. */
export const MAX_LINE_BYTES = 64 * 1024;

const LINE = /^([0-9a-f]{8}) ((0|[1-9]\d{0,14}) (\{.*\}))$/s;

/** `CRC32 NUMBER JSON` and a line feed; the checksum is over the number, the blank and the JSON. */
export function encodeLine({ seq, entry }: JournalLine): string {
  const content = `${seq} ${JSON.stringify(entry)}`;
  return `${checksum(content)} ${content}\n`;
}

/**
 * @param text without its line feed.
 * @returns undefined for a damaged line or an unknown kind
 */
export function decodeLine(text: string): JournalLine | undefined {
  const [, sum, content, seq, json] = LINE.exec(text) ?? [];
  if (content === undefined || json === undefined || checksum(content) !== sum) return undefined;
  try {
    return { seq: Number(seq), entry: JSON.parse(json) as JournalEntry };
  } catch {
    // The checksum is correct, so another program has written it like this.
    return undefined;
  }
}

/** The number of a line that is not looked at any closer; undefined when it does not begin like a line. */
export function peekSeq(text: string): number | undefined {
  const end = text.indexOf(' ', 9);
  const seq = Number(text.slice(9, end));
  return end > 9 && Number.isSafeInteger(seq) ? seq : undefined;
}

function checksum(content: string): string {
  return crc32(content).toString(16).padStart(8, '0');
}
