import { useState } from 'preact/hooks';
import { lookAtOrder, replayOrder, type Order, type OrderReport } from '../api/orders.js';
import type { Problem } from '../api/problem.js';
import { Badge } from '../parts/badge.js';
import { Fact } from '../parts/fact.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { WHY } from '../parts/why.js';
import { hrefOf } from '../router.js';
import { useMayDecide } from '../session.js';
import { formatRoubles } from '../text/format.js';
import { t } from '../text/t.js';
import type { PageProps } from './index.js';
import { DecisionSection } from './order/decision.js';
import { EvidenceNote } from './order/evidence.js';
import { AttemptsSection, TimelineSection } from './order/history.js';
import { leaveNotice, takeNotice } from './order/notice.js';
import { useNeighbourKeys, useWaiting, type Waiting } from './order/waiting.js';
import { cardsOf, nameOf, storyOf } from './order/words.js';
import { ordersHref } from './orders.page.js';

const REPLAYABLE = ['failed', 'rejected'];

/** Everything about one order, and the decision it waits for. */
export function OrderPage({ params }: PageProps) {
  const { id = '' } = params;
  const loading = useLoad(() => lookAtOrder(id), [id]);
  const waiting = useWaiting(id);
  const mayDecide = useMayDecide();
  const [notice, setNotice] = useState(takeNotice);
  useNeighbourKeys(waiting);
  const goOn = (what: string): void => {
    const target = waiting.next ?? waiting.previous;
    leaveNotice(target === undefined ? `${what} ${t('decision.last')}` : what);
    if (target !== undefined) {
      location.hash = hrefOf('orders', target);
      return;
    }
    setNotice(takeNotice());
    loading.reload();
  };
  return (
    <Page title={t('order.title', { name: loading.value === undefined ? id : nameOf(loading.value.order) })}>
      <Neighbours waiting={waiting} />
      <p role="status" class={notice === '' ? 'for-readers' : 'note note-good'}>
        {notice}
      </p>
      <Loaded of={loading}>
        {(report) => (
          <>
            <Facts order={report.order} />
            <WhatHappened report={report} />
            <div class="columns columns-even">
              <div>
                {mayDecide && report.order.status === 'unknown' && (
                  <DecisionSection key={report.order.id} order={report.order} onDone={goOn} />
                )}
                {mayDecide && REPLAYABLE.includes(report.order.status) && (
                  <ReplaySection
                    order={report.order}
                    onDone={() => {
                      setNotice(t('replay.done'));
                      loading.reload();
                    }}
                  />
                )}
                <TimelineSection events={report.events} />
              </div>
              <AttemptsSection attempts={report.attempts} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Neighbours({ waiting }: { waiting: Waiting }) {
  const { position, count, previous, next } = waiting;
  if (position === 0) return null;
  return (
    <p class="facts" title={t('order.keys')}>
      <a href={ordersHref('unknown')}>{t('order.position', { at: position, count })}</a>
      {previous !== undefined && <a href={hrefOf('orders', previous)}>{t('order.previous')}</a>}
      {next !== undefined && <a href={hrefOf('orders', next)}>{t('order.next')}</a>}
    </p>
  );
}

function Facts({ order }: { order: Order }) {
  const { status, troika, placedBy, createdAt } = order;
  return (
    <p class="facts">
      <Badge of="status" word={status} />
      {troika.totalAmount !== null && <strong>{formatRoubles(troika.totalAmount)}</strong>}
      <Fact title={t('order.cards')}>{cardsOf(order)}</Fact>
      <Fact title={t('order.placed-by')}>{placedBy ?? '–'}</Fact>
      <Fact title={t('order.since')}>
        <Moment at={createdAt} />
      </Fact>
      {troika.orderId !== null && <Fact title={t('order.troika-id')}>{troika.orderId}</Fact>}
    </p>
  );
}

function WhatHappened({ report }: { report: OrderReport }) {
  return (
    <Section title={t('order.what')}>
      <p>{storyOf(report)}</p>
      {report.evidence !== null && <EvidenceNote evidence={report.evidence} />}
    </Section>
  );
}

function ReplaySection({ order, onDone }: { order: Order; onDone: () => void }) {
  const replay = async ({ why = '' }: Values): Promise<Problem | undefined> => {
    const result = await replayOrder(order.id, why);
    if (!result.ok) return result.problem;
    onDone();
    return undefined;
  };
  return (
    <Section title={t('replay.title')}>
      <Form fields={[WHY]} submit={t('replay.submit')} isRisky onSubmit={replay} />
    </Section>
  );
}
