import type { Overview } from '../../api/overview.js';
import type { SendingState } from '../../api/sending.js';
import { Fact } from '../../parts/fact.js';
import { formatMoment, formatNumber, formatRoubles, formatTime } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';
import { countWaiting, isOfBreaker, leadOf } from './lead.js';

/** Whether orders are sent, why not, what wakes them, and what slows them down. */
export function State({ state, limiter }: { state: SendingState; limiter: Overview['limiter'] | undefined }) {
  const { sending, orders } = state;
  const { stops, unknownOutcomes } = sending;
  return (
    <section class={stops.length === 0 ? '' : 'stopped'}>
      <div aria-live="polite">
        <p class="lead">{leadOf(state)}</p>
        {stops.length > 0 && (
          <ul class="plain stops">
            {stops.map(({ reason, message, continuesByItself, nextAt }) => (
              <li key={reason} title={message}>
                {tWord('stop', reason)} {t(continuesByItself ? 'overview.stopped.itself' : 'overview.stopped.person')}{' '}
                {nextAt !== null && !isOfBreaker(reason) && t('overview.next', { at: formatMoment(nextAt) })}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p class="facts">
        {stops.length === 0 && <Fact title={t('overview.waiting')}>{formatNumber(countWaiting(orders))}</Fact>}
        <Breaker stops={stops} unknownOutcomes={unknownOutcomes} />
        {limiter !== undefined && <Limiter limiter={limiter} />}
        <FundLeft hold={orders.sendingHold} />
      </p>
    </section>
  );
}

function Breaker({ stops, unknownOutcomes }: Pick<SendingState['sending'], 'stops' | 'unknownOutcomes'>) {
  const open = stops.find(({ reason }) => isOfBreaker(reason));
  return (
    <Fact title={t('overview.breaker')}>
      {open === undefined ? (
        t('overview.breaker.closed')
      ) : (
        <>
          {t('overview.breaker.open')}
          {open.nextAt !== null && (
            <>
              {', '}
              {t('overview.breaker.next')} <time dateTime={open.nextAt}>{formatTime(open.nextAt)}</time>
            </>
          )}
        </>
      )}
      {unknownOutcomes > 0 && `, ${t('overview.unknown-in-row', { count: unknownOutcomes })}`}
    </Fact>
  );
}

function Limiter({ limiter: { perSecond, waitSecs } }: { limiter: Overview['limiter'] }) {
  return (
    <Fact title={t('overview.limiter')}>
      {perSecond !== null && `${t('overview.limiter.rate', { rate: formatNumber(perSecond) })}, `}
      {waitSecs < 1 ? t('overview.limiter.free') : t('overview.limiter.wait', { secs: formatNumber(waitSecs) })}
    </Fact>
  );
}

function FundLeft({ hold: { amountLeft, floor } }: { hold: SendingState['orders']['sendingHold'] }) {
  if (amountLeft === null) return null;
  return (
    <Fact title={t('overview.fund.left')}>
      {formatRoubles(amountLeft)}
      {floor !== null && `, ${t('overview.fund.floor', { floor: formatRoubles(floor) })}`}
    </Fact>
  );
}
