import type { CappedLog } from '../../../queue/capped-log.js';
import type { JournalComparer } from './journal-comparer.js';
import { copyCutFault, remarkDamage, type Remarks } from './journal-faults.js';
import { decodeLine } from './journal-line.js';

/**
 * Reads what the copy in Redis has of a journal behind a number, into a comparer.
 *
 * @param range.isOnly no file of the journal is left, so that a gap hides attempts
 * @returns the number of the last line; undefined when the journal belongs to another ledger
 */
export async function readCopy(
  copy: CappedLog,
  journal: string,
  { afterSeq, isOnly }: { afterSeq: number; isOnly: boolean },
  comparer: JournalComparer,
  remarks: Remarks,
): Promise<number | undefined> {
  let last = afterSeq;
  let damagedLines = 0;
  for await (const page of copy.read(journal, afterSeq + 1)) {
    for (const text of page) {
      const line = decodeLine(text.trimEnd());
      if (line === undefined) {
        damagedLines += 1;
        continue;
      }
      if (isOnly && line.seq > last + 1) remarks.faults.push(copyCutFault(journal, last + 1, line.seq - 1));
      last = line.seq;
      if (!(await comparer.add(line.entry))) return undefined;
    }
  }
  const file = `${journal} (in Redis)`;
  const damage = { damagedLines, firstDamageAt: undefined, tornAt: undefined, repeatedLines: 0, gaps: [] };
  remarkDamage(remarks, file, damage, false);
  return last;
}
