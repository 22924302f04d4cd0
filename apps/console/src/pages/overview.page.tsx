import { lookAtOverview } from '../api/overview.js';
import { lookAtSending } from '../api/sending.js';
import { Chip, Chips } from '../parts/chips.js';
import { EventTable } from '../parts/event-table.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Page, Section } from '../parts/page.js';
import { useEvery } from '../parts/use-every.js';
import { hrefOf, queryOf } from '../router.js';
import { useMayDecide } from '../session.js';
import { t } from '../text/t.js';
import { Brake } from './overview/brake.js';
import { Counts, FOR_A_PERSON } from './overview/counts.js';
import { Fund } from './overview/fund.js';
import { State } from './overview/state.js';
import { Traffic } from './overview/traffic.js';

const STATE_EVERY_MS = 5_000;
/** A point is for a minute at least. */
const FIGURES_EVERY_MS = 15_000;
const HOURS = ['1', '6', '24'] as const;
/** Reasons that a person lifts; the others end by themselves. */
const NEEDS_A_PERSON = /^(by-hand|ledger-.*)$/;

/** Whether orders are sent, what waits for a person, what went on in the last hours and what happened last; it renews itself. */
export function OverviewPage() {
  const hours = queryOf(location.hash).get('hours') ?? '6';
  const mayDecide = useMayDecide();
  const loading = useLoad(lookAtSending, []);
  const figures = useLoad(() => lookAtOverview(hours), [hours]);
  useEvery(STATE_EVERY_MS, loading.reload);
  useEvery(FIGURES_EVERY_MS, figures.reload);
  return (
    <Page title={t('overview.title')}>
      <Loaded of={loading} isQuiet>
        {(state) => {
          const counts = state.orders.counts.filter(({ count }) => count > 0);
          const isForAPerson = ({ status }: { status: string }): boolean => FOR_A_PERSON.includes(status);
          return (
            <>
              <State state={state} limiter={figures.value?.limiter} />
              <div class="columns columns-lists">
                <Counts
                  title={t('overview.person')}
                  empty={t('overview.person.none')}
                  counts={counts.filter(isForAPerson)}
                  costs={figures.value?.waiting ?? []}
                />
                <Counts
                  title={t('overview.progress')}
                  empty={t('overview.progress.none')}
                  counts={counts.filter((one) => !isForAPerson(one))}
                />
              </div>
            </>
          );
        }}
      </Loaded>
      <Chips label={t('overview.hours')}>
        {HOURS.map((one) => (
          <Chip
            key={one}
            href={`${hrefOf('overview')}?hours=${one}`}
            text={t(`overview.hours.${one}`)}
            isOn={one === hours}
          />
        ))}
      </Chips>
      <Loaded of={figures} isQuiet>
        {({ traffic: { stepMinutes, koshelek, troika }, fund }) => (
          <>
            <div class="columns columns-even">
              <Traffic title={t('traffic.koshelek')} points={koshelek} stepMinutes={stepMinutes} />
              <Traffic title={t('traffic.troika')} points={troika} stepMinutes={stepMinutes} />
            </div>
            <Fund fund={fund} />
          </>
        )}
      </Loaded>
      {loading.value !== undefined && (
        <>
          <Section title={t('overview.events')}>
            <EventTable title={t('overview.events')} events={loading.value.events} empty={t('overview.events.none')} />
          </Section>
          {mayDecide && (
            <Brake
              isResumable={loading.value.sending.stops.some(({ reason }) => NEEDS_A_PERSON.test(reason))}
              onChange={loading.reload}
            />
          )}
        </>
      )}
    </Page>
  );
}
