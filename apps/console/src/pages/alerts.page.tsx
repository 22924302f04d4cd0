import { lookAtAlerts, type AlertTarget } from '../api/alerts.js';
import { EventTable } from '../parts/event-table.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { useEvery } from '../parts/use-every.js';
import { useMayDecide } from '../session.js';
import { formatMoment, formatNumber, formatSince } from '../text/format.js';
import { t } from '../text/t.js';
import { TestAlerts } from './alerts/test.js';

const EVERY_MS = 10_000;
const PAST_SHOWN = 20;

const COLUMNS: readonly Column<AlertTarget>[] = [
  { title: t('alerts.target'), show: ({ name }) => name },
  { title: t('alerts.form'), show: ({ form }) => form },
  {
    title: t('alerts.state'),
    show: ({ state, failingSince, nextAttemptAt }) =>
      state === 'failing' ? (
        <span class="bad-cell">
          {t('alerts.state.failing', { since: failingSince === null ? '–' : formatSince(failingSince) })}.{' '}
          {nextAttemptAt !== null && t('alerts.next', { at: formatMoment(nextAttemptAt) })}
        </span>
      ) : (
        t(`alerts.state.${state}`)
      ),
  },
  { title: t('alerts.waiting'), show: ({ waiting }) => formatNumber(waiting), isNumber: true },
  {
    title: t('alerts.success'),
    show: ({ lastSuccessAt }) => (lastSuccessAt === null ? '–' : <Moment at={lastSuccessAt} />),
  },
  {
    title: t('alerts.failure'),
    show: ({ lastFailureAt, lastFailure }) =>
      lastFailureAt === null ? (
        '–'
      ) : (
        <>
          <Moment at={lastFailureAt} /> <span class="quiet">{lastFailure}</span>
        </>
      ),
  },
];

/** Where alerts go and whether they arrive, which are open, and a test; it renews itself. */
export function AlertsPage() {
  const loading = useLoad(lookAtAlerts, []);
  const mayDecide = useMayDecide();
  useEvery(EVERY_MS, loading.reload);
  return (
    <Page title={t('alerts.title')}>
      <Loaded of={loading} isQuiet>
        {({ targets, events }) => (
          <>
            <Section title={t('alerts.targets')}>
              <Table
                caption={t('alerts.targets')}
                columns={COLUMNS}
                rows={targets}
                keyOf={({ name }) => name}
                empty={t('alerts.targets.none')}
              />
            </Section>
            <Section title={t('alerts.open')}>
              <EventTable
                title={t('alerts.open')}
                events={events.filter(({ closedAt }) => closedAt === null)}
                empty={t('alerts.open.none')}
              />
            </Section>
            {mayDecide && targets.length > 0 && <TestAlerts onChange={loading.reload} />}
            <Section title={t('alerts.past')}>
              <EventTable
                title={t('alerts.past')}
                events={events.filter(({ closedAt }) => closedAt !== null).slice(0, PAST_SHOWN)}
                empty={t('alerts.past.none')}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
