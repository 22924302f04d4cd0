import { useState } from 'preact/hooks';
import { listOrders, STATUSES, type Order, type OrderFilter } from '../api/orders.js';
import { Badge } from '../parts/badge.js';
import { Form, type Values } from '../parts/form.js';
import { Moment } from '../parts/moment.js';
import { Page } from '../parts/page.js';
import { Paged } from '../parts/paged.js';
import { Table, type Column } from '../parts/table.js';
import { hrefOf } from '../router.js';
import { formatRoubles } from '../text/format.js';
import { t, tWord } from '../text/t.js';
import { cardsOf, nameOf } from './order/words.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const COLUMNS: readonly Column<Order>[] = [
  { title: t('orders.order'), show: (order) => <a href={hrefOf('orders', order.id)}>{nameOf(order)}</a> },
  { title: t('orders.status'), show: ({ status }) => <Badge of="status" word={status} /> },
  { title: t('orders.accepted'), show: ({ createdAt }) => <Moment at={createdAt} /> },
  { title: t('orders.by'), show: ({ placedBy }) => placedBy ?? '–' },
  { title: t('orders.cards'), show: (order) => cardsOf(order) },
  {
    title: t('orders.amount'),
    show: ({ troika }) => (troika.totalAmount === null ? '–' : formatRoubles(troika.totalAmount)),
    isNumber: true,
  },
  { title: t('orders.attempts'), show: ({ attempts }) => attempts, isNumber: true },
];

/** The address of the list, filtered by status. */
export function ordersHref(status?: string): string {
  return status === undefined ? hrefOf('orders') : `${hrefOf('orders')}?status=${status}`;
}

/** Orders by status or reference, the newest first; the status is in the address, and personal data are not. */
export function OrdersPage() {
  const status = new URLSearchParams(location.hash.split('?')[1]).get('status') ?? undefined;
  const [filter, setFilter] = useState<OrderFilter>(status === undefined ? {} : { status });
  const find = async ({ id = '', reference = '' }: Values): Promise<undefined> => {
    if (UUID.test(id)) location.hash = hrefOf('orders', id);
    setFilter({ ...filter, reference });
    return undefined;
  };
  return (
    <Page title={t('orders.title')}>
      <nav class="chips" aria-label={t('orders.filter')}>
        {[undefined, ...STATUSES].map((one) => (
          <a key={one ?? ''} href={ordersHref(one)} aria-current={one === status}>
            {one === undefined ? t('orders.all') : tWord('status', one)}
          </a>
        ))}
      </nav>
      <Form
        fields={[
          { name: 'id', label: t('orders.id'), maxLength: 36 },
          { name: 'reference', label: t('orders.reference'), maxLength: 255 },
        ]}
        submit={t('action.find')}
        isRow
        onSubmit={find}
      />
      <Paged filter={filter} ask={listOrders}>
        {(pages) => (
          <Table
            caption={t('orders.caption')}
            columns={COLUMNS}
            rows={pages.flatMap(({ orders }) => orders)}
            keyOf={({ id }) => id}
            empty={t('orders.empty')}
          />
        )}
      </Paged>
    </Page>
  );
}
