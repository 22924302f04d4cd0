import { startDeliverer } from './company.js';
import { setUpReceivers, type Receivers } from '../../../testing/receivers.js';

type DelivererOptions = Parameters<typeof startDeliverer> extends [unknown, ...infer Rest] ? Rest : never;

/** The environment of the suites about deliveries: an outbox, receivers and deliverers, removed after each test. */
export interface DeliveryEnvironment extends Pick<Receivers, 'pool' | 'receive'> {
  readonly deliver: (...options: DelivererOptions) => ReturnType<typeof startDeliverer>;
}

export function setUpEnvironment(): DeliveryEnvironment {
  const { pool, receive, stopAfterwards } = setUpReceivers(
    'orders, callback_hosts, callback_endpoints, callback_deliveries, operator_events',
  );
  return {
    pool,
    receive,
    deliver: (...options) => {
      const started = startDeliverer(pool(), ...options);
      stopAfterwards(() => started.deliverer.stop());
      return started;
    },
  };
}
