import { Badge } from '../../parts/badge.js';
import { LongTable } from '../../parts/long-table.js';
import { Moment } from '../../parts/moment.js';
import { ProblemNote } from '../../parts/problem-note.js';
import type { Column } from '../../parts/table.js';
import { hrefOf } from '../../router.js';
import { formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';
import { kept } from './kept.js';
import type { ListedOrder } from './listed-order.js';
import type { LoadedOrders } from './use-order-list.js';

const COLUMNS: readonly Column<ListedOrder>[] = [
  { title: t('orders.order'), show: ({ id, name }) => <a href={hrefOf('orders', id)}>{name}</a> },
  { title: t('orders.status'), show: ({ status }) => <Badge of="status" word={status} />, width: '12rem' },
  { title: t('orders.accepted'), show: ({ createdAt }) => <Moment at={createdAt} />, width: '13.5rem' },
  { title: t('orders.by'), show: ({ placedBy }) => placedBy ?? '–', width: '7.5rem' },
  { title: t('orders.cards'), show: ({ cards }) => cards },
  {
    title: t('orders.amount'),
    show: ({ amount }) => (amount === null ? '–' : formatRoubles(amount)),
    isNumber: true,
    width: '6.5rem',
  },
  { title: t('orders.attempts'), show: ({ attempts }) => attempts, isNumber: true, width: '6rem' },
];

export interface OrderTableProps {
  readonly list: LoadedOrders;
  /** Undefined: nothing can be decided about them. */
  readonly selected: ReadonlyMap<string, ListedOrder> | undefined;
  readonly onMark: (order: ListedOrder) => void;
}

/** The rows, which load themselves as a person scrolls. */
export function OrderTable({ list, selected, onMark }: OrderTableProps) {
  const { orders, isBusy, isAtEnd, problem } = list;
  const mark: Column<ListedOrder> = {
    title: t('orders.mark'),
    width: '6rem',
    show: (order) => (
      <span class="mark">
        <input
          id={`mark-${order.id}`}
          type="checkbox"
          checked={selected?.has(order.id) === true}
          onChange={() => onMark(order)}
        />
        <label class="for-readers" for={`mark-${order.id}`}>
          {t('orders.mark-one', { name: order.name })}
        </label>
      </span>
    ),
  };
  return (
    <div aria-busy={isBusy && orders.length === 0}>
      {orders.length > 0 && (
        <LongTable
          caption={t('orders.caption')}
          columns={selected === undefined ? COLUMNS : [mark, ...COLUMNS]}
          rows={orders}
          keyOf={({ id }) => id}
          onNearEnd={list.more}
          onMark={selected === undefined ? () => undefined : onMark}
          isMarked={({ id }) => selected?.has(id) === true}
          first={kept.first(list.of)}
          onScroll={(first) => kept.keepFirst(list.of, first)}
        />
      )}
      {problem !== undefined && (
        <ProblemNote problem={problem}>
          <button type="button" onClick={list.retry}>
            {t('action.retry')}
          </button>
        </ProblemNote>
      )}
      <p role="status" class="quiet">
        {isBusy && t('load.busy')}
        {isAtEnd && (orders.length === 0 ? t('orders.empty') : t('orders.end', { count: orders.length }))}
      </p>
    </div>
  );
}
