import type { CellFault, CheckedFile, CheckedRow, FileProgress } from '../../api/order-files.js';
import type { OrderStatus } from '../../api/orders.js';
import { formatKopecks, formatMoment, formatRoubles } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';

/** Lines that would be placed now. */
export function placeableRows({ rows }: CheckedFile, again: boolean): CheckedRow[] {
  return rows.filter(({ faults, placed, repeats }) => faults.length === 0 && placed === null && (again || !repeats));
}

/** What is wrong with a cell, in the language of the page; in the gateway's words where it has none. */
export function faultInWords({ field, reason, detail }: CellFault): string {
  const word = reason === 'form' ? `form-${field}` : reason;
  const text = tWord('file.fault', word);
  return text === word || reason === 'line' ? detail : text;
}

/** What else a person should know of a line before it is placed. */
export function noteOf({ placed, repeats, sameAs }: CheckedRow): string | undefined {
  if (placed !== null)
    return t('file.placed', { status: placed.status === null ? '' : tWord('status', placed.status) });
  if (repeats !== null) {
    const by = repeats.placedBy.replace(/^console:/, '');
    return t('file.repeats', { at: formatMoment(repeats.placedAt), by });
  }
  return sameAs === null ? undefined : t('file.same-as', { line: sameAs });
}

/** `2,800 ₽`, or from one sum to another where prices leave it open. */
export function costInWords({ least, most }: CheckedFile['cost']): string {
  return least === most ? sum(least) : `${sum(least)} – ${sum(most)}`;
}

/** Whole roubles without kopecks. */
function sum(kopecks: number): string {
  return kopecks % 100 === 0 ? formatRoubles(kopecks / 100) : formatKopecks(String(kopecks));
}

const SETTLED: readonly OrderStatus[] = ['confirmed', 'rejected', 'failed', 'cancelled', 'unknown'];

export function placedCount({ counts }: FileProgress): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function settledCount({ counts }: FileProgress): number {
  return SETTLED.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
}
