import { useEffect } from 'preact/hooks';
import { listOrders } from '../api/orders.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Page } from '../parts/page.js';
import { hrefOf } from '../router.js';
import { t } from '../text/t.js';

/** Where an alert leads: to the first order that waits for a decision, whichever that is when a person comes. */
export function WaitingPage() {
  const loading = useLoad(() => listOrders({ status: 'unknown', limit: '1' }), []);
  const first = loading.value?.orders[0]?.id;
  useEffect(() => {
    // In its place, so that the way back does not lead here.
    if (first !== undefined) location.replace(hrefOf('orders', first));
  }, [first]);
  return (
    <Page title={t('waiting.title')}>
      <Loaded of={loading}>{({ orders }) => orders.length === 0 && <p>{t('waiting.none')}</p>}</Loaded>
    </Page>
  );
}
