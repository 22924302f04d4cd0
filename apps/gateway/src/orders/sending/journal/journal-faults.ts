import type { JournalFault } from './reconcile-report.js';
import type { SegmentDamage } from './read-segment.js';

/** Everything that is to be said of journals, collected while they are read. */
export interface Remarks {
  /** What may hide attempts. */
  readonly faults: JournalFault[];
  /** What hides none. */
  readonly notices: JournalFault[];
}

export function noRemarks(): Remarks {
  return { faults: [], notices: [] };
}

/** @param isLive its process may just be writing the last line */
export function remarkDamage(remarks: Remarks, file: string, damage: Readonly<SegmentDamage>, isLive: boolean): void {
  const { damagedLines, firstDamageAt, tornAt, repeatedLines, gaps } = damage;
  if (damagedLines > 0) {
    remarks.faults.push({
      file,
      sentence:
        `${damagedLines} lines of the send journal ${file} are damaged (the first at byte ${firstDamageAt ?? 0}): what ` +
        'they said is lost, and attempts may be missing in the ledger. Check the disk.',
    });
  }
  for (const [from, to] of gaps) {
    remarks.faults.push({
      file,
      sentence: `The send journal ${file} has no lines ${from} to ${to}: attempts may be missing in the ledger.`,
    });
  }
  if (repeatedLines > 0) {
    remarks.notices.push({
      file,
      sentence: `${repeatedLines} lines of the send journal ${file} stand there twice: each counts once.`,
    });
  }
  if (tornAt !== undefined && !isLive) {
    remarks.notices.push({
      file,
      sentence:
        `The last line of the send journal ${file} is torn at byte ${tornAt}: its process ended while it wrote. The line ` +
        'is ignored; what it would have announced was not sent.',
    });
  }
}

export function truncatedFault(file: string, bytes: number, remembered: number): JournalFault {
  return {
    file,
    sentence:
      `The send journal ${file} has ${bytes} bytes, and the ledger remembers ${remembered}: it was cut. What was cut off ` +
      'was compared before.',
  };
}

export function missingSegmentFault(file: string, from: number, to: number): JournalFault {
  return {
    file,
    sentence:
      `Lines ${from} to ${to} in front of the send journal ${file} are missing: a segment was removed before it was ` +
      'compared, and attempts may be missing in the ledger.',
  };
}

export function foreignNotice(file: string, ledgerId: string): JournalFault {
  return {
    file,
    sentence:
      `The send journal ${file} belongs to another ledger (${ledgerId}): it is not compared and not removed. Give each ` +
      'ledger a SEND_JOURNAL_DIR of its own.',
  };
}

export function copyNotice(file: string, journal: string): JournalFault {
  return {
    file,
    sentence: `The file ${file} is a copy of the send journal ${journal}, or was renamed: it is compared as it is.`,
  };
}

export function strayNotice(file: string): JournalFault {
  return {
    file,
    sentence: `The file ${file} does not have the name of a send journal: it is compared as it is, and never removed.`,
  };
}

export function unreadableFault(file: string, error: unknown): JournalFault {
  return {
    file,
    sentence:
      `The send journal ${file} cannot be read (${codeOf(error)}): attempts that it remembers may be missing in the ` +
      'ledger. Give the process the right to read it, and start it again.',
  };
}

export function folderFault(directory: string, error: unknown): JournalFault {
  return {
    file: directory,
    sentence: `The folder of the send journals, ${directory}, cannot be read (${codeOf(error)}): nothing was compared.`,
  };
}

export function copyAwayNotice(error: unknown): JournalFault {
  return {
    file: 'redis',
    sentence: `The copy of the send journals in Redis cannot be read (${codeOf(error)}): only the disk was compared.`,
  };
}

export function copyCutFault(journal: string, from: number, to: number): JournalFault {
  return {
    file: journal,
    sentence:
      `Of the send journal ${journal} only the copy in Redis is left, without lines ${from} to ${to}: attempts may be ` +
      'missing in the ledger.',
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : 'unknown error');
}
