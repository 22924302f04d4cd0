import { useEffect } from 'preact/hooks';
import {
  lookAtOverview,
  type OperatorEvent,
  type OrderCounts,
  type SendingReport,
  type StatusCount,
} from '../api/sending.js';
import { Badge } from '../parts/badge.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { useMayDecide } from '../session.js';
import { formatMoment, formatRoubles } from '../text/format.js';
import { language } from '../text/language.js';
import { t, tWord } from '../text/t.js';
import { Brake } from './overview/brake.js';
import { ordersHref } from './orders.page.js';

const EVERY_MS = 5_000;
/** Only a person brings these to an end. */
const FOR_A_PERSON = ['unknown', 'failed', 'rejected'];
/** Reasons that a person lifts; the others end by themselves. */
const NEEDS_A_PERSON = /^(by-hand|ledger-.*)$/;
const WAITING = ['accepted', 'retrying'];

/** Whether orders are sent, what waits for a person, and what happened last; it renews itself. */
export function OverviewPage() {
  const loading = useLoad(lookAtOverview, []);
  const { reload } = loading;
  const mayDecide = useMayDecide();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Page title={t('overview.title')}>
      <Loaded of={loading} isQuiet>
        {({ sending, orders, events }) => (
          <>
            <StateSection sending={sending} orders={orders} />
            <div class="columns columns-even">
              <CountsSection
                title={t('overview.person')}
                empty={t('overview.person.none')}
                counts={orders.counts.filter(({ status, count }) => FOR_A_PERSON.includes(status) && count > 0)}
              />
              <CountsSection
                title={t('overview.progress')}
                empty={t('overview.progress.none')}
                counts={orders.counts.filter(({ status, count }) => !FOR_A_PERSON.includes(status) && count > 0)}
              />
            </div>
            <EventsSection events={events} />
            {mayDecide && (
              <Brake isResumable={sending.stops.some(({ reason }) => NEEDS_A_PERSON.test(reason))} onChange={reload} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function StateSection({ sending, orders }: { sending: SendingReport; orders: OrderCounts }) {
  const { stops, unknownOutcomes } = sending;
  const [first] = stops;
  const waiting = orders.counts
    .filter(({ status }) => WAITING.includes(status))
    .reduce((sum, { count }) => sum + count, 0);
  const { amountLeft, floor } = orders.sendingHold;
  return (
    <section class={first === undefined ? '' : 'stopped'} aria-live="polite">
      <p class="lead">
        {first === undefined ? t('overview.open') : t('overview.stopped', { since: formatMoment(first.since) })}
      </p>
      {stops.length > 0 && (
        <ul class="plain">
          {stops.map(({ reason, message, continuesByItself, nextAt }) => (
            <li key={reason} title={message}>
              {tWord('stop', reason)} {t(continuesByItself ? 'overview.stopped.itself' : 'overview.stopped.person')}{' '}
              {nextAt !== null && t('overview.next', { at: formatMoment(nextAt) })}
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">
        {t('overview.waiting', { count: waiting })}{' '}
        {unknownOutcomes > 0 && t('overview.unknown-in-row', { count: unknownOutcomes })}{' '}
        {amountLeft !== null &&
          (floor === null
            ? t('overview.fund.no-floor', { amount: formatRoubles(amountLeft) })
            : t('overview.fund', { amount: formatRoubles(amountLeft), floor: formatRoubles(floor) }))}
      </p>
    </section>
  );
}

const COUNTS: readonly Column<StatusCount>[] = [
  {
    title: t('orders.status'),
    show: ({ status }) => (
      <a href={ordersHref(status)}>
        <Badge of="status" word={status} />
      </a>
    ),
  },
  { title: t('overview.count'), show: ({ count }) => count, isNumber: true },
  { title: t('overview.oldest'), show: ({ oldestAt }) => (oldestAt === null ? '–' : <Moment at={oldestAt} />) },
];

function CountsSection(props: { title: string; empty: string; counts: readonly StatusCount[] }) {
  const { title, empty, counts } = props;
  return (
    <Section title={title}>
      <Table caption={title} columns={COUNTS} rows={counts} keyOf={({ status }) => status} empty={empty} />
    </Section>
  );
}

const EVENTS: readonly Column<OperatorEvent>[] = [
  { title: t('audit.when'), show: ({ at }) => <Moment at={at} /> },
  { title: '', show: ({ severity }) => <Badge of="severity" word={severity} /> },
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

function EventsSection({ events }: { events: readonly OperatorEvent[] }) {
  return (
    <Section title={t('overview.events')}>
      <Table
        caption={t('overview.events')}
        columns={EVENTS}
        rows={events}
        keyOf={({ id }) => id}
        empty={t('overview.events.none')}
      />
    </Section>
  );
}
