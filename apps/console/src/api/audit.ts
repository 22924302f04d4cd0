import { call, callForFile } from './call.js';
import type { Result } from './problem.js';

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly orderId: string | null;
  readonly cardNumber: string | null;
  readonly why: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly nextCursor: string | null;
}

export interface AuditFilter {
  /** everything, changes or views; empty: everything. */
  readonly show?: string;
  readonly who?: string;
  readonly action?: string;
  readonly order?: string;
  readonly card?: string;
  /** RFC 3339. */
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
}

export function listAudit(filter: AuditFilter, cursor?: string): Promise<Result<AuditPage>> {
  return call('GET', '/admin/audit', { query: { ...filter, cursor } });
}

/** All that the filter finds, as CSV. */
export function exportAudit(filter: AuditFilter): Promise<Result<Blob>> {
  return callForFile('/admin/audit', { ...filter }, 'text/csv');
}
