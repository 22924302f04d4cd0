import type { JournalEntry } from '../journal/journal-line.js';
import { readSegment, SegmentReadError } from '../journal/read-segment.js';

/**
 * Prints a file of a send journal line by line, and its damaged parts.
 *
 * @returns the exit code: 1 when it cannot be read or lines are damaged
 */
export async function printJournal(file: string, write: (line: string) => void): Promise<number> {
  const { lines, damage } = readSegment(file, { from: 0, afterSeq: 0 });
  let count = 0;
  try {
    for await (const page of lines) {
      for (const { seq, entry } of page) {
        count += 1;
        write(`${seq}  ${entry.at}  ${wordsOf(entry)}`);
      }
    }
  } catch (error) {
    if (!(error instanceof SegmentReadError)) throw error;
    write(`${file} cannot be read (${error.code}).`);
    return 1;
  }
  write(`${count} lines hold.`);
  const { damagedLines, firstDamageAt, tornAt, repeatedLines, gaps } = damage;
  if (damagedLines > 0) write(`${damagedLines} lines are damaged, the first at byte ${firstDamageAt ?? 0}.`);
  for (const [from, to] of gaps) write(`Lines ${from} to ${to} are missing.`);
  if (repeatedLines > 0) write(`${repeatedLines} lines stand there twice; each counts once.`);
  if (tornAt !== undefined)
    write(`The last line is torn at byte ${tornAt}: its process ended while it wrote. It is ignored.`);
  return damagedLines > 0 || gaps.length > 0 ? 1 : 0;
}

function wordsOf(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'opened':
      return `opened by process ${entry.pid} on ${entry.host}, journal ${entry.journal}, ledger ${entry.ledgerId}`;
    case 'begun':
      return `begun  order ${entry.orderId} attempt ${entry.attempt} of ${entry.producer}, key ${entry.idempotencyKey}`;
    case 'ended': {
      const { orderId, attempt, outcome, status, resultCode, troikaOrderId, totalAmount } = entry;
      const paid =
        troikaOrderId === null ? '' : `, order ${troikaOrderId} of Тройка Бизнес, ${totalAmount ?? '?'} roubles`;
      const code = resultCode === null ? '' : ` (code ${resultCode})`;
      return `ended  order ${orderId} attempt ${attempt}: ${outcome}${code}, ${status}${paid}`;
    }
    case 'ledger':
      return `ledger beat ${entry.beat} at ${entry.lsn ?? 'an unknown position'}`;
  }
}
