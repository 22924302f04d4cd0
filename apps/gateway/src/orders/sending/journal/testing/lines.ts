import { randomUUID } from 'node:crypto';
import { encodeLine, type JournalEntry, type SegmentOpened, type SendBegun, type SendEnded } from '../journal-line.js';

export const LEDGER = '0b0e6c1a-6b61-4a52-9d7e-1a1a52f2a001';
const AT = '2026-03-01T10:00:00.000Z';

export function begun(given: Partial<SendBegun> = {}): SendBegun {
  return {
    kind: 'begun',
    ledgerId: LEDGER,
    at: AT,
    orderId: randomUUID(),
    attempt: 1,
    producer: 'shop',
    idempotencyKey: 'key-1',
    requestHash: 'ab'.repeat(32),
    ...given,
  };
}

/** The end of an attempt that was paid, unless something else is given. */
export function ended({ orderId, attempt }: SendBegun, given: Partial<SendEnded> = {}): SendEnded {
  return {
    kind: 'ended',
    ledgerId: LEDGER,
    at: AT,
    orderId,
    attempt,
    outcome: 'answered',
    reason: null,
    httpStatus: 200,
    durationMs: 12,
    status: 'confirmed',
    cause: 'answered-0',
    resultCode: 0,
    troikaOrderId: '228422',
    troikaUuid: null,
    totalAmount: '2800',
    isFree: false,
    ...given,
  };
}

export function opened(journal: string, given: Partial<SegmentOpened> = {}): SegmentOpened {
  return {
    kind: 'opened',
    ledgerId: LEDGER,
    at: AT,
    journal,
    host: 'another-machine',
    pid: 1,
    startedAt: '',
    afterFailure: false,
    ...given,
  };
}

/** Lines numbered from a number on, as in a file. */
export function linesOf(entries: readonly JournalEntry[], firstSeq = 1): string[] {
  return entries.map((entry, index) => encodeLine({ seq: firstSeq + index, entry }));
}
