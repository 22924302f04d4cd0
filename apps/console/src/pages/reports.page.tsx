import { useState } from 'preact/hooks';
import { reportOrders, type ReportFilter, type ReportRow } from '../api/reports.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Page } from '../parts/page.js';
import { saveFile } from '../parts/save-file.js';
import { Table, type Column } from '../parts/table.js';
import { writeCsv } from '../text/csv.js';
import { formatDecimal, formatMonth, formatRoubles } from '../text/format.js';
import { t } from '../text/t.js';

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

const nameOf = {
  key: ({ key }: ReportRow): string => key ?? '–',
  tariff: ({ tariff }: ReportRow): string => tariff ?? t('reports.several'),
};

function columnsFor(by: string): Column<ReportRow>[] {
  const asked = by.split(',');
  const count = (title: string, of: (row: ReportRow) => number): Column<ReportRow> => ({
    title,
    show: (row) => formatDecimal(String(of(row))),
    isNumber: true,
  });
  return [
    { title: t('reports.month'), show: ({ month }) => formatMonth(month ?? '') },
    ...(asked.includes('key') ? [{ title: t('orders.by'), show: nameOf.key }] : []),
    ...(asked.includes('tariff') ? [{ title: t('file.column.tariffId'), show: nameOf.tariff }] : []),
    count(t('reports.orders'), ({ orders }) => orders),
    count(t('reports.confirmed'), ({ confirmed }) => confirmed),
    count(t('reports.tickets'), ({ tickets }) => tickets),
    { title: t('reports.roubles'), show: ({ roubles }) => formatRoubles(roubles), isNumber: true },
    count(t('reports.refunds'), ({ refunds }) => refunds),
    count(t('reports.rejected'), ({ rejected }) => rejected),
  ];
}

/** Orders, tickets and money by month, key and tariff; as a table to print, and as CSV. */
export function ReportsPage() {
  const months = lastMonths();
  const [newest = ''] = months;
  const [filter, setFilter] = useState<ReportFilter>({ from: months[2] ?? newest, to: newest, by: 'month' });
  const loading = useLoad(() => reportOrders(filter), [filter]);
  const choices = Object.fromEntries(months.map((month) => [month, formatMonth(month)]));
  const choose = async ({ from = newest, to = newest, by = 'month' }: Values): Promise<undefined> => {
    setFilter(from <= to ? { from, to, by } : { from: to, to: from, by });
    return undefined;
  };
  return (
    <Page title={t('reports.title')}>
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
        {({ rows }) => (
          <>
            <Table
              caption={t('reports.title')}
              columns={columnsFor(filter.by)}
              rows={rows}
              keyOf={({ month, key, tariff }) => [month, key, tariff].join(' ')}
              empty={t('reports.none')}
            />
            {rows.length > 0 && (
              <p class="more">
                <button type="button" onClick={() => saveReport(rows, filter)}>
                  {t('action.save-csv')}
                </button>
              </p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function saveReport(rows: readonly ReportRow[], { from, to, by }: ReportFilter): void {
  const titles = columnsFor(by).map(({ title }) => title);
  const asked = by.split(',');
  const lines = rows.map((row) => [
    row.month ?? '',
    ...(asked.includes('key') ? [nameOf.key(row)] : []),
    ...(asked.includes('tariff') ? [nameOf.tariff(row)] : []),
    ...[row.orders, row.confirmed, row.tickets].map(String),
    row.roubles,
    ...[row.refunds, row.rejected].map(String),
  ]);
  saveFile(new Blob([writeCsv([titles, ...lines])], { type: 'text/csv' }), `${t('reports.file')}-${from}-${to}.csv`);
}
