import { useEffect, useState } from 'preact/hooks';
import { followPlan, lookAtPlan, stopPlan, type Plan } from '../api/plans.js';
import { Bar } from '../parts/bar.js';
import { Fact } from '../parts/fact.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { hrefOf } from '../router.js';
import { useMayDecide } from '../session.js';
import { formatDecimal, formatRoubles } from '../text/format.js';
import { t, tWord } from '../text/t.js';
import type { PageProps } from './index.js';
import { forgetList } from './orders/kept.js';
import { leftOut } from './plan/left-out.js';
import { RunSection } from './plan/run.js';

/** A decision about many orders: what it does, the question whether it is to be run, and how far it has come. */
export function PlanPage({ params: { id = '' } }: PageProps) {
  const loading = useLoad(() => lookAtPlan(id), [id]);
  const [newer, setNewer] = useState<Plan>();
  const mayDecide = useMayDecide();
  const plan = newer ?? loading.value;
  const isRunning = plan?.state === 'running';
  // The gateway knows how far it is: a reload shows it again.
  useEffect(() => {
    if (!isRunning) return undefined;
    const end = new AbortController();
    void followPlan(id, setNewer, end.signal);
    return () => {
      end.abort();
      forgetList();
    };
  }, [isRunning]);
  const what = plan === undefined ? '' : tWord('plan.decision', plan.decision);
  return (
    <Page title={plan === undefined ? t('plans.title') : t('plan.title', { what })}>
      <p class="facts">
        <a href={hrefOf('orders')}>{t('plan.back')}</a>
        <a href={hrefOf('plans')}>{t('plans.title')}</a>
      </p>
      <Loaded of={loading}>
        {(first) => {
          const now = newer ?? first;
          return (
            <>
              <AboutSection plan={now} />
              {now.state !== 'planned' && <ProgressSection plan={now} mayStop={mayDecide} onChange={setNewer} />}
              {mayDecide && (now.state === 'planned' || now.state === 'stopped') && (
                <RunSection key={now.state} plan={now} onChange={setNewer} />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function AboutSection({ plan }: { plan: Plan }) {
  const { count, roubles, withoutPrice, left, who, why, createdAt, state } = plan;
  return (
    <Section title={t('plan.about')}>
      <p class="lead">{t('plan.sum', { count: formatDecimal(String(count)), amount: formatRoubles(roubles) })}</p>
      {withoutPrice > 0 && <p>{t('plan.no-price', { count: formatDecimal(String(withoutPrice)) })}</p>}
      {left.map((group) => (
        <p key={group.why}>{t('plan.left', { count: formatDecimal(String(group.count)), why: leftOut(group.why) })}</p>
      ))}
      <p class="facts">
        <Fact title={t('plan.state')}>{tWord('plan.state', state)}</Fact>
        <Fact title={t('plans.by')}>{who}</Fact>
        <Fact title={t('plans.made')}>
          <Moment at={createdAt} />
        </Fact>
        {why !== null && <Fact title={t('form.why')}>{why}</Fact>}
      </p>
    </Section>
  );
}

interface ProgressProps {
  readonly plan: Plan;
  readonly mayStop: boolean;
  readonly onChange: (plan: Plan) => void;
}

function ProgressSection({ plan, mayStop, onChange }: ProgressProps) {
  const { id, count, decided, skipped, state } = plan;
  const stop = async (): Promise<void> => {
    const result = await stopPlan(id);
    // One that has ended before cannot be stopped, and the stream says so.
    if (result.ok) onChange(result.value);
  };
  return (
    <Section title={t('plan.progress')}>
      <Bar
        label={t('plan.decided', { count: formatDecimal(String(decided)), of: formatDecimal(String(count)) })}
        value={decided + skipped}
        of={Math.max(count, 1)}
      />
      {skipped > 0 && <p>{t('plan.skipped', { count: formatDecimal(String(skipped)) })}</p>}
      <p role="status" class={state === 'done' ? 'note note-good' : 'for-readers'}>
        {state === 'done' && t('plan.done', { decided, skipped })}
      </p>
      {mayStop && state === 'running' && (
        <button type="button" onClick={() => void stop()}>
          {t('plan.stop')}
        </button>
      )}
    </Section>
  );
}
