import { format } from '../../http/schema/formats.js';
import { queryReader } from '../../http/schema/read-request.js';
import { listOf, oneOf, request } from '../../http/schema/schema.js';
import { REPORT_DIMENSIONS, type ReportDimension } from './report-orders.js';

/** Longer ones would read more of the ledger than a page should. */
const MOST_MONTHS = 24;

const month = format('month', /^20\d{2}-(0[1-9]|1[0-2])$/, 'Must be a month such as 2026-11.');
export const REPORT_QUERY = request({
  from: month('The first month, in Moscow.'),
  to: month('The last month.'),
  by: listOf(oneOf(REPORT_DIMENSIONS, 'By what is counted.'), { minItems: 1 }),
});
const read = queryReader(REPORT_QUERY);

export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly by: readonly ReportDimension[];
}

/** @throws ProblemError 422 */
export function readReportQuery(query: unknown): ReportQuery {
  return read(query, ({ from, to }) => {
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
