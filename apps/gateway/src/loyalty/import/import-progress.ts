import type { Writable } from 'node:stream';
import { isAllRejected, NOTHING_YET, type ImportEvent, type ImportTotals } from './pipeline/import-file.js';

/** Reports the progress of an import at a terminal: rejected lines on one stream, everything else on the other. */
export class ImportProgress {
  private totals = NOTHING_YET;
  /** Whether the line with the totals is still being written over. */
  private lineOpen = false;

  constructor(
    private readonly rejections: Writable,
    private readonly remarks: Writable & { readonly isTTY?: boolean },
  ) {}

  report(event: ImportEvent): void {
    switch (event.kind) {
      case 'ignored':
        this.remarks.write(`not imported, for these columns mean nothing here: ${event.columns.join(', ')}\n`);
        break;
      case 'rejected': {
        const { line, field, reason } = event.rejection;
        this.rejections.write(`line ${line}: ${[field, reason].join(' ').trim()}\n`);
        break;
      }
      case 'progress':
        this.totals = event.totals;
        // A line that is written over is for terminals that can; in a file it would be many lines.
        if (this.remarks.isTTY === true && process.env['TERM'] !== 'dumb') {
          this.remarks.write(`\r${describe(event.totals)}`);
          this.lineOpen = true;
        }
        break;
      case 'reasons':
        this.endLine();
        for (const { field, reason, lines } of event.reasons) {
          this.remarks.write(`rejected ${lines} ×: ${[field, reason].join(' ').trim()}\n`);
        }
    }
  }

  /** @returns the exit status: not 0 when every line was rejected, for then nothing has come in */
  end({ dryRun }: { readonly dryRun: boolean }): number {
    this.endLine();
    const allRejected = isAllRejected(this.totals);
    const end = allRejected ? 'every line was rejected' : dryRun ? 'a dry run: nothing was written' : 'done';
    this.remarks.write(`${describe(this.totals)}; ${end}\n`);
    return allRejected ? 1 : 0;
  }

  private endLine(): void {
    if (this.lineOpen) this.remarks.write('\n');
    this.lineOpen = false;
  }
}

function describe({ lines, created, changed, unchanged, rejected }: ImportTotals): string {
  return `${lines} lines: ${created} created, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected`;
}
