import { call } from './call.js';
import type { Result } from './problem.js';

export interface ReportRow {
  readonly month: string | null;
  readonly key: string | null;
  readonly tariff: string | null;
  readonly orders: number;
  readonly confirmed: number;
  readonly rejected: number;
  readonly tickets: number;
  readonly refunds: number;
  readonly roubles: string;
}

export interface ReportFilter {
  /** Months, such as `2026-11`. */
  readonly from: string;
  readonly to: string;
  /** Separated by commas. */
  readonly by: string;
}

export function reportOrders(filter: ReportFilter): Promise<Result<{ readonly rows: readonly ReportRow[] }>> {
  return call('GET', '/admin/reports/orders', { query: { ...filter } });
}
