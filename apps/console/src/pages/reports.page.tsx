import { reportOrders, type ReportCounts, type ReportFilter, type ReportRow } from '../api/reports.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Table, type Column } from '../parts/table.js';
import { formatDecimal, formatMonth, formatRoubles } from '../text/format.js';
import { t } from '../text/t.js';
import { filterOf, ReportPage, reportHref, TakeAlong } from './report/frame.js';

const OFFERED_MONTHS = 24;
const BY = {
  month: t('reports.by.month'),
  'month,key': t('reports.by.key'),
  'month,tariff': t('reports.by.tariff'),
  'month,key,tariff': t('reports.by.all'),
} as const;

/** This month and those before it, as the gateway names them. */
function lastMonths(): string[] {
  const now = new Date();
  return Array.from({ length: OFFERED_MONTHS }, (_, back) => {
    const month = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
    return month.toISOString().slice(0, 7);
  });
}

/** A line of the table, or the last one, which is all of them. */
type Line = ReportRow | (ReportCounts & { readonly month: undefined });
const ofRow =
  (show: (row: ReportRow) => string) =>
  (line: Line): string =>
    line.month === undefined ? '' : show(line);

function tariffOf({ tariff, tariffName }: ReportRow): string {
  if (tariff === null) return t('reports.several');
  return tariffName === null ? tariff : `${tariffName} (${tariff})`;
}

function columnsFor(by: string): Column<Line>[] {
  const asked = by.split(',');
  const count = (title: string, of: (line: Line) => number): Column<Line> => ({
    title,
    show: (line) => formatDecimal(String(of(line))),
    isNumber: true,
  });
  return [
    {
      title: t('reports.month'),
      show: (line) => (line.month === undefined ? t('reports.total') : formatMonth(line.month ?? '')),
    },
    ...(asked.includes('key') ? [{ title: t('orders.by'), show: ofRow(({ key }) => key ?? '–') }] : []),
    ...(asked.includes('tariff') ? [{ title: t('file.column.tariffId'), show: ofRow(tariffOf) }] : []),
    count(t('reports.orders'), ({ orders }) => orders),
    count(t('reports.confirmed'), ({ confirmed }) => confirmed),
    count(t('reports.tickets'), ({ tickets }) => tickets),
    { title: t('reports.roubles'), show: ({ roubles }) => formatRoubles(roubles), isNumber: true },
    count(t('reports.refunds'), ({ refunds }) => refunds),
    count(t('reports.rejected'), ({ rejected }) => rejected),
  ];
}

/** Orders, tickets and money by month, key and tariff: as a table, on paper and as a file. */
export function ReportsPage() {
  const months = lastMonths();
  const [newest = ''] = months;
  const filter = filterOf({ from: months[2] ?? newest, to: newest, by: 'month' });
  const loading = useLoad(() => reportOrders(filter), []);
  const choices = Object.fromEntries(months.map((month) => [month, formatMonth(month)]));
  const choose = async ({ from = newest, to = newest, by = 'month' }: Values): Promise<undefined> => {
    location.hash = reportHref('orders', { from, to, by });
    return undefined;
  };
  return (
    <ReportPage name="orders">
      <Form
        fields={[
          { name: 'from', label: t('reports.from'), type: 'choice', choices, value: filter.from },
          { name: 'to', label: t('reports.to'), type: 'choice', choices, value: filter.to },
          { name: 'by', label: t('reports.by'), type: 'choice', choices: BY, value: filter.by },
        ]}
        submit={t('action.show')}
        isRow
        onSubmit={choose}
      />
      <Loaded of={loading}>
        {({ rows, total, zone }) => (
          <>
            {rows.length > 0 && <TakeAlong name="orders" filter={filter} period={periodOf(filter, zone)} />}
            <Table<Line>
              caption={t('reports.title')}
              columns={columnsFor(filter.by)}
              rows={rows}
              {...(rows.length > 1 ? { total: { ...total, month: undefined } } : {})}
              keyOf={(_, at) => String(at)}
              empty={t('reports.none')}
            />
          </>
        )}
      </Loaded>
    </ReportPage>
  );
}

function periodOf({ from, to }: ReportFilter, zone: string): string {
  const months = from === to ? formatMonth(from) : `${formatMonth(from)} – ${formatMonth(to)}`;
  return t('reports.period', { period: months, zone });
}
