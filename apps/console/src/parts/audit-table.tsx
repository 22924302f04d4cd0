import type { AuditEntry } from '../api/audit.js';
import { hrefOf } from '../router.js';
import { describeEntry } from '../text/audit.js';
import { Moment } from './moment.js';
import { Table, type Column } from './table.js';
import { t } from '../text/t.js';

const SUBJECT: Column<AuditEntry> = {
  title: t('audit.about'),
  show: ({ cardNumber, orderId }) =>
    cardNumber === null ? (
      orderId === null ? (
        '–'
      ) : (
        <a class="id" href={hrefOf('orders', orderId)}>
          {t('audit.order', { id: orderId })}
        </a>
      )
    ) : (
      <a href={hrefOf('cards', cardNumber)}>{cardNumber}</a>
    ),
};

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: t('audit.when'), show: ({ at }) => <Moment at={at} /> },
  { title: t('audit.who'), show: ({ who }) => who },
  {
    title: t('audit.what'),
    show: (entry) => {
      const { what, more } = describeEntry(entry);
      return more === undefined ? (
        what
      ) : (
        <>
          {what} <span class="quiet">{more}</span>
        </>
      );
    },
  },
  SUBJECT,
  { title: t('form.why'), show: ({ why }) => why ?? '–' },
];

/** Entries of the audit, one a row. */
export function AuditTable(props: { entries: readonly AuditEntry[]; empty: string; isOfOneCard?: boolean }) {
  const { entries, empty, isOfOneCard = false } = props;
  return (
    <Table
      caption={t('audit.caption')}
      columns={isOfOneCard ? COLUMNS.filter((column) => column !== SUBJECT) : COLUMNS}
      rows={entries}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}
