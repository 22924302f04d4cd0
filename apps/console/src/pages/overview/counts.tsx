import type { WaitingCost } from '../../api/overview.js';
import type { StatusCount } from '../../api/sending.js';
import { Badge } from '../../parts/badge.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatAge, formatExactly, formatNumber, formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';
import { ordersHref } from '../orders.page.js';

/** Only a person brings these to an end. */
export const FOR_A_PERSON = ['unknown', 'failed', 'rejected'];

const COLUMNS: readonly Column<StatusCount>[] = [
  {
    title: t('orders.status'),
    show: ({ status }) => (
      <a href={ordersHref(status)}>
        <Badge of="status" word={status} />
      </a>
    ),
  },
  { title: t('overview.count'), show: ({ count }) => formatNumber(count), isNumber: true },
];

const AGE: Column<StatusCount> = {
  title: t('overview.oldest'),
  show: ({ oldestAt, oldestAgeSecs }) =>
    oldestAt === null ? (
      '–'
    ) : (
      <time dateTime={oldestAt} title={formatExactly(oldestAt)}>
        {formatAge(oldestAgeSecs ?? 0)}
      </time>
    ),
  isNumber: true,
};

const costColumn = (costs: readonly WaitingCost[]): Column<StatusCount> => ({
  title: t('overview.cost'),
  show: ({ status, count }) => {
    const cost = costs.find((one) => one.status === status);
    if (cost === undefined || cost.roubles === null) return '–';
    const isAll = cost.unpriced === 0 && cost.orders >= count;
    // What is known of it is the least that it can be.
    return isAll ? formatRoubles(cost.roubles) : t('overview.cost.least', { roubles: formatRoubles(cost.roubles) });
  },
  isNumber: true,
});

export interface CountsProps {
  readonly title: string;
  readonly empty: string;
  readonly counts: readonly StatusCount[];
  /** What they cost, where that is of interest. */
  readonly costs?: readonly WaitingCost[];
}

/** How many orders are in each state, what they cost, and how long the oldest has waited. */
export function Counts({ title, empty, counts, costs }: CountsProps) {
  const columns = [...COLUMNS, ...(costs === undefined ? [] : [costColumn(costs)]), AGE];
  return (
    <Section title={title}>
      <Table caption={title} columns={columns} rows={counts} keyOf={({ status }) => status} empty={empty} />
    </Section>
  );
}
