import type { AuditEntry } from '../api/audit.js';
import { hrefOf } from '../router.js';
import { describeEntry } from '../text/audit.js';
import { Moment } from './moment.js';
import { Table, type Column } from './table.js';

const SUBJECT: Column<AuditEntry> = {
  title: 'About',
  show: ({ cardNumber, orderId }) =>
    cardNumber === null ? (
      orderId === null ? (
        '–'
      ) : (
        <span class="id">order {orderId}</span>
      )
    ) : (
      <a href={hrefOf('cards', cardNumber)}>{cardNumber}</a>
    ),
};

const COLUMNS: readonly Column<AuditEntry>[] = [
  { title: 'When', show: ({ at }) => <Moment at={at} /> },
  { title: 'Who', show: ({ who }) => who },
  {
    title: 'What',
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
  { title: 'Why', show: ({ why }) => why ?? '–' },
];

/** Entries of the audit, one a row. */
export function AuditTable(props: { entries: readonly AuditEntry[]; empty: string; isOfOneCard?: boolean }) {
  const { entries, empty, isOfOneCard = false } = props;
  return (
    <Table
      caption="Entries of the audit, the newest first"
      columns={isOfOneCard ? COLUMNS.filter((column) => column !== SUBJECT) : COLUMNS}
      rows={entries}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}
