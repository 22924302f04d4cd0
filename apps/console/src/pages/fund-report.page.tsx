import { reconcileFund, type FundReport, type FundSpan, type ReportFilter } from '../api/reports.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Table, type Column } from '../parts/table.js';
import { dayIn, lastDays } from '../text/days.js';
import { formatDay, formatMomentIn, formatRoubles } from '../text/format.js';
import { t } from '../text/t.js';
import { filterOf, ReportPage, reportHref, TakeAlong } from './report/frame.js';
import { Suspects } from './report/suspects.js';
import { Verdict, UnexplainedText } from './report/verdict.js';

const SHOWN_DAYS = 30;
const BY = { day: t('fund.by.day'), hour: t('fund.by.hour') } as const;

/** What the guarantee fund has lost against what the ledger explains: the reconciliation with Тройка Бизнес. */
export function FundReportPage() {
  const filter = filterOf({ ...lastDays(SHOWN_DAYS), by: 'day' });
  const loading = useLoad(() => reconcileFund(filter), []);
  const choose = async ({ from = '', to = '', by = 'day' }: Values): Promise<undefined> => {
    location.hash = reportHref('fund', { from: from || filter.from, to: to || filter.to, by });
    return undefined;
  };
  return (
    <ReportPage name="fund">
      <p class="quiet on-screen">{t('fund.about')}</p>
      <Form
        fields={[
          { name: 'from', label: t('reports.from'), type: 'date', value: filter.from },
          { name: 'to', label: t('reports.to'), type: 'date', value: filter.to },
          { name: 'by', label: t('reports.by'), type: 'choice', choices: BY, value: filter.by },
        ]}
        submit={t('action.show')}
        isRow
        onSubmit={choose}
      />
      <Loaded of={loading}>{(report) => <Shown report={report} filter={filter} />}</Loaded>
    </ReportPage>
  );
}

function Shown({ report, filter }: { report: FundReport; filter: ReportFilter }) {
  const { spans, total, zone } = report;
  if (total === null) return <p class="quiet">{t('fund.none')}</p>;
  const days =
    filter.from === filter.to ? formatDay(filter.from) : `${formatDay(filter.from)} – ${formatDay(filter.to)}`;
  return (
    <>
      <TakeAlong name="fund" filter={filter} period={t('reports.period', { period: days, zone })} />
      <Verdict report={report} total={total} />
      <Table
        caption={t('fund.title')}
        columns={columnsFor(zone, filter)}
        rows={spans}
        {...(spans.length > 1 ? { total } : {})}
        keyOf={({ after }) => after.readAt}
        empty={t('fund.none')}
      />
      <Suspects report={report} />
    </>
  );
}

function columnsFor(zone: string, { by }: ReportFilter): Column<FundSpan>[] {
  const until = ({ after }: FundSpan) => {
    const moment = formatMomentIn(after.readAt, zone);
    const day = dayIn(after.readAt, zone);
    // Closer, where a day has something to look for.
    return by === 'hour' ? moment : <a href={reportHref('fund', { from: day, to: day, by: 'hour' })}>{moment}</a>;
  };
  return [
    { title: t('fund.since'), show: ({ before }) => formatMomentIn(before.readAt, zone) },
    { title: t('fund.until'), show: until },
    { title: t('fund.lost'), show: ({ lost }) => formatRoubles(lost), isNumber: true },
    {
      title: t('fund.paid'),
      show: ({ paid }) => t('fund.of', { sum: formatRoubles(paid.roubles), count: paid.orders }),
      isNumber: true,
    },
    {
      title: t('fund.refunded'),
      show: ({ refunded }) => t('fund.of', { sum: formatRoubles(refunded.roubles), count: refunded.tickets }),
      isNumber: true,
    },
    { title: t('fund.unexplained'), show: ({ unexplained }) => <UnexplainedText of={unexplained} />, isNumber: true },
    { title: t('fund.unknown'), show: ({ unknown }) => costOf(unknown), isNumber: true },
  ];
}

function costOf({ orders, roubles }: FundSpan['unknown']): string {
  if (orders === 0) return '–';
  return t('fund.of', { sum: roubles === null ? t('fund.no-price') : formatRoubles(roubles), count: orders });
}
