import type { Attempt, OrderStep } from '../../api/orders.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatDecimal, formatExactly, formatTime } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';

/** What became of an order, step by step. */
export function TimelineSection({ events }: { events: readonly OrderStep[] }) {
  return (
    <Section title={t('timeline.title')}>
      {events.length === 0 ? (
        <p class="quiet">{t('timeline.empty')}</p>
      ) : (
        <ol class="timeline">
          {events.map(({ id, at, status, cause, ticketId, who, detail }) => (
            <li key={id}>
              <time dateTime={at} title={formatExactly(at)}>
                {formatTime(at)}
              </time>{' '}
              <strong>{tWord('status', status)}</strong>{' '}
              <span class="quiet">
                {[
                  tWord('cause', cause),
                  ticketId === null ? null : t('timeline.ticket', { id: ticketId }),
                  who === null ? null : t('timeline.by', { who }),
                  detail,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<Attempt>[] = [
  { title: t('attempts.number'), show: ({ number }) => number },
  {
    title: t('attempts.began'),
    show: ({ startedAt }) => (
      <time dateTime={startedAt} title={formatExactly(startedAt)}>
        {formatTime(startedAt)}
      </time>
    ),
  },
  {
    title: t('attempts.took'),
    show: ({ durationMs }) =>
      durationMs === null ? '–' : t('attempts.seconds', { count: formatDecimal((durationMs / 1_000).toFixed(1)) }),
    isNumber: true,
  },
  {
    title: t('attempts.outcome'),
    show: ({ outcome, reason, httpStatus }) =>
      [
        outcome && tWord('outcome', outcome),
        httpStatus === null ? reason && tWord('reason', reason) : `HTTP ${httpStatus}`,
      ]
        .filter((part) => part !== null)
        .join(', ') || '–',
  },
  {
    title: t('attempts.answer'),
    show: ({ answer, resultCode, resultMessage }) => (
      <span class="answer">
        {answer ?? ([resultCode, resultMessage].filter((part) => part !== null).join(', ') || '–')}
      </span>
    ),
  },
];

/** Each attempt to send an order, with what came back, personal data masked. */
export function AttemptsSection({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <Section title={t('attempts.title')}>
      <Table
        caption={t('attempts.caption')}
        columns={COLUMNS}
        rows={attempts}
        keyOf={({ number }) => String(number)}
        empty={t('attempts.empty')}
      />
    </Section>
  );
}
