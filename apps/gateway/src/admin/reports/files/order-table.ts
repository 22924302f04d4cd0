import type { Months, ReportDimension, ReportRow } from '../report-orders.js';
import type { ReportColumn, ReportTable } from './report-table.js';

const COLUMNS = {
  month: { title: { en: 'Month', ru: 'Месяц' }, kind: 'text', of: ({ month }) => month },
  key: { title: { en: 'Placed by', ru: 'Заказчик' }, kind: 'text', of: ({ key }) => key },
  tariff: { title: { en: 'Tariff', ru: 'Тариф' }, kind: 'text', of: ({ tariff }) => tariff },
  tariffName: {
    title: { en: 'Name of the tariff', ru: 'Название тарифа' },
    kind: 'text',
    of: ({ tariffName }) => tariffName,
  },
  orders: { title: { en: 'Orders', ru: 'Заказы' }, kind: 'count', of: ({ orders }) => orders },
  confirmed: { title: { en: 'Paid', ru: 'Оплачены' }, kind: 'count', of: ({ confirmed }) => confirmed },
  tickets: { title: { en: 'Tickets', ru: 'Билеты' }, kind: 'count', of: ({ tickets }) => tickets },
  roubles: { title: { en: 'Sum, ₽', ru: 'Сумма, ₽' }, kind: 'roubles', of: ({ roubles }) => roubles },
  refunds: { title: { en: 'Refunds', ru: 'Возвраты' }, kind: 'count', of: ({ refunds }) => refunds },
  rejected: { title: { en: 'Rejected', ru: 'Отклонены' }, kind: 'count', of: ({ rejected }) => rejected },
} as const satisfies Readonly<Record<string, ReportColumn<ReportRow>>>;

const COUNTED = ['orders', 'confirmed', 'tickets', 'roubles', 'refunds', 'rejected'] as const;

/** The months in numbers as a table, with the dimensions that were asked for. */
export function orderTable(
  rows: readonly ReportRow[],
  { from, to }: Months,
  by: readonly ReportDimension[],
): ReportTable<ReportRow> {
  const dimensions = (['month', 'key', 'tariff', 'tariffName'] as const).filter((name) =>
    by.includes(name === 'tariffName' ? 'tariff' : name),
  );
  return {
    file: `orders-${from}-${to}`,
    sheet: { en: 'Orders', ru: 'Заказы' },
    columns: [...dimensions, ...COUNTED].map((name) => COLUMNS[name]),
    rows,
  };
}
