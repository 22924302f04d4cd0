import type { OperatorEvent } from '../api/sending.js';
import { formatMoment } from '../text/format.js';
import { language } from '../text/language.js';
import { t } from '../text/t.js';
import { Badge } from './badge.js';
import { Moment } from './moment.js';
import { Table, type Column } from './table.js';

const COLUMNS: readonly Column<OperatorEvent>[] = [
  { title: t('audit.when'), show: ({ at }) => <Moment at={at} /> },
  { title: t('events.severity'), show: ({ severity }) => <Badge of="severity" word={severity} /> },
  {
    title: t('audit.what'),
    show: ({ text, at, closedAt }) => (
      <>
        {text[language]}{' '}
        {closedAt !== at && (
          <span class="quiet">
            {closedAt === null ? t('overview.event.open') : t('overview.event.until', { at: formatMoment(closedAt) })}
          </span>
        )}
      </>
    ),
  },
];

/** What a person has to know, one event a row. */
export function EventTable(props: { title: string; events: readonly OperatorEvent[]; empty: string }) {
  const { title, events, empty } = props;
  return <Table caption={title} columns={COLUMNS} rows={events} keyOf={({ id }) => id} empty={empty} />;
}
