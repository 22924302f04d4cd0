import { call, callForFile } from './call.js';
import type { Result } from './problem.js';

export interface ReportCounts {
  readonly orders: number;
  readonly confirmed: number;
  readonly rejected: number;
  readonly tickets: number;
  readonly refunds: number;
  readonly roubles: string;
}

export interface ReportRow extends ReportCounts {
  readonly month: string | null;
  readonly key: string | null;
  readonly tariff: string | null;
  readonly tariffName: string | null;
}

export interface CountedOrders {
  readonly zone: string;
  readonly rows: readonly ReportRow[];
  readonly total: ReportCounts;
}

interface FundReading {
  readonly amount: string;
  readonly readAt: string;
}

/** Of an amount, as an order that was paid while the fund was read may be in either reading. */
export interface Bounds {
  readonly least: string;
  readonly most: string;
}

/** What happened between two readings of the fund; amounts are exact decimals. */
export interface FundSpan {
  readonly before: FundReading;
  readonly after: FundReading;
  readonly lost: string;
  readonly paid: { readonly orders: number; readonly roubles: string; readonly withoutAmount: number };
  readonly refunded: { readonly tickets: number; readonly roubles: string; readonly withoutAmount: number };
  readonly unexplained: Bounds;
  readonly unknown: { readonly orders: number; readonly roubles: string | null };
}

export interface FundSuspect {
  readonly id: string;
  readonly reference: string | null;
  readonly key: string;
  readonly status: string;
  readonly cost: string | null;
  readonly startedAt: string;
}

export interface FundReport {
  readonly zone: string;
  readonly spans: readonly FundSpan[];
  readonly total: FundSpan | null;
  /** What left and what came in without an explanation, each added up over the spans. */
  readonly left: Bounds;
  readonly came: Bounds;
  readonly suspects: readonly FundSuspect[];
  readonly moreSuspects: boolean;
}

/** From the first to the last month or day, and by what; as they stand in the address of the page. */
export interface ReportFilter {
  readonly from: string;
  readonly to: string;
  readonly by: string;
}

/** The reports there are, by their addresses. */
export type ReportName = 'orders' | 'fund';
const pathOf = (name: ReportName): string => `/admin/reports/${name}`;

export function reportOrders(filter: ReportFilter): Promise<Result<CountedOrders>> {
  return call('GET', pathOf('orders'), { query: { ...filter } });
}

export function reconcileFund(filter: ReportFilter): Promise<Result<FundReport>> {
  return call('GET', pathOf('fund'), { query: { ...filter } });
}

/** The kinds of files a report is saved as, by their endings. */
export const REPORT_FILES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function reportFile(
  name: ReportName,
  filter: ReportFilter,
  ending: keyof typeof REPORT_FILES,
): Promise<Result<Blob>> {
  return callForFile(pathOf(name), { ...filter }, REPORT_FILES[ending]);
}
