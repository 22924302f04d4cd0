import type { ReconcileReport } from '../journal/reconcile-report.js';

/** Whether the ledger has everything that the journals know, as far as they could be read. */
export function isClean(report: ReconcileReport): boolean {
  return !knowsMore(report) && report.faults.length === 0;
}

/** Whether the journals know something that the ledger has lost. */
export function knowsMore({ missing, strangers, ledgerIsBehind }: ReconcileReport): boolean {
  return missing > 0 || strangers > 0 || ledgerIsBehind;
}
