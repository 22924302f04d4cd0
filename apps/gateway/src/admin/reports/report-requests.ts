import { format } from '../../http/schema/formats.js';
import { queryReader } from '../../http/schema/read-request.js';
import { listOf, oneOf, request } from '../../http/schema/schema.js';
import type { Period } from './fund/choose-readings.js';
import { REPORT_DIMENSIONS, type ReportDimension } from './report-orders.js';

/** Longer ones would read more of the ledger than a page should. */
const MOST_MONTHS = 24;

const month = format('month', /^20\d{2}-(0[1-9]|1[0-2])$/, 'Must be a month such as 2026-11.');
export const REPORT_QUERY = request({
  from: month('The first month, in the zone of the reports (REPORT_TIME_ZONE).'),
  to: month('The last month.'),
  by: listOf(oneOf(REPORT_DIMENSIONS, 'By what is counted.'), { minItems: 1 }),
});
const readReport = queryReader(REPORT_QUERY);

export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly by: readonly ReportDimension[];
}

/** @throws ProblemError 422 */
export function readReportQuery(query: unknown): ReportQuery {
  return readReport(query, ({ from, to }) => {
    if (from === undefined || to === undefined) return [];
    const months = monthsOf(to) - monthsOf(from) + 1;
    if (months >= 1 && months <= MOST_MONTHS) return [];
    return [{ pointer: '/to', detail: `Must be the same month as "from" or up to ${MOST_MONTHS - 1} later ones.` }];
  });
}

function monthsOf(text: string): number {
  const [year, number] = text.split('-').map(Number);
  return (year ?? 0) * 12 + (number ?? 0);
}

/** In days; between them is a reading each. */
const LONGEST_PERIOD = { day: 100, hour: 4 } as const;

const day = format('report-day', isDay, 'Must be a day such as 2026-11-27.');
export const FUND_QUERY = request({
  from: day('The first day, in the zone of the reports (REPORT_TIME_ZONE).'),
  to: day('The last day.'),
  by: { ...oneOf(['day', 'hour'], 'From the last reading of each to that of the next.'), default: 'day' },
});
const readFund = queryReader(FUND_QUERY);

/** @throws ProblemError 422 */
export function readFundQuery(query: unknown): Period {
  return readFund(query, ({ from, to, by = 'day' }) => {
    if (from === undefined || to === undefined) return [];
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (days >= 1 && days <= LONGEST_PERIOD[by]) return [];
    return [
      { pointer: '/to', detail: `Must be the same day as "from" or up to ${LONGEST_PERIOD[by] - 1} later ones.` },
    ];
  });
}

function isDay(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}
