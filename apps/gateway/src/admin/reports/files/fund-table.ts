import type { Period } from '../fund/choose-readings.js';
import type { FundReport, FundSpan } from '../fund/fund-report.js';
import type { ReportColumn, ReportTable } from './report-table.js';

const COUNTED: readonly ReportColumn<FundSpan>[] = [
  { title: { en: 'Before, ₽', ru: 'Было, ₽' }, kind: 'roubles', of: ({ before }) => before.amount },
  { title: { en: 'After, ₽', ru: 'Стало, ₽' }, kind: 'roubles', of: ({ after }) => after.amount },
  { title: { en: 'Lost, ₽', ru: 'Ушло, ₽' }, kind: 'roubles', of: ({ lost }) => lost },
  { title: { en: 'Paid orders', ru: 'Оплачено заказов' }, kind: 'count', of: ({ paid }) => paid.orders },
  { title: { en: 'Paid, ₽', ru: 'Оплачено, ₽' }, kind: 'roubles', of: ({ paid }) => paid.roubles },
  {
    title: { en: 'Refunded tickets', ru: 'Возвращено билетов' },
    kind: 'count',
    of: ({ refunded }) => refunded.tickets,
  },
  { title: { en: 'Refunded, ₽', ru: 'Возвращено, ₽' }, kind: 'roubles', of: ({ refunded }) => refunded.roubles },
  {
    title: { en: 'Unexplained, at least, ₽', ru: 'Не объяснено, от, ₽' },
    kind: 'roubles',
    of: ({ unexplained }) => unexplained.least,
  },
  {
    title: { en: 'Unexplained, at most, ₽', ru: 'Не объяснено, до, ₽' },
    kind: 'roubles',
    of: ({ unexplained }) => unexplained.most,
  },
  { title: { en: 'Unknown orders', ru: 'Исход неизвестен' }, kind: 'count', of: ({ unknown }) => unknown.orders },
  { title: { en: 'Their cost, ₽', ru: 'Их стоимость, ₽' }, kind: 'roubles', of: ({ unknown }) => unknown.roubles },
];

/** The reconciliation as a table, a span each; moments as a spreadsheet shows them, in the zone of the report. */
export function fundTable({ spans, zone }: FundReport, { from, to }: Period): ReportTable<FundSpan> {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const columns: ReportColumn<FundSpan>[] = [
    {
      title: { en: `From (${zone})`, ru: `С (${zone})` },
      kind: 'text',
      of: ({ before }) => clock.format(before.readAt),
    },
    { title: { en: 'To', ru: 'По' }, kind: 'text', of: ({ after }) => clock.format(after.readAt) },
    ...COUNTED,
  ];
  return { file: `fund-${from}-${to}`, sheet: { en: 'Guarantee fund', ru: 'Гарантийный фонд' }, columns, rows: spans };
}
