import type { HealthCheck } from '../../health/health-watch.js';
import type { Admission } from './admission.js';

const KIND = 'connections.refused';

/** Whether a listener refuses connections: one event from the first refusal until a minute after the last one. */
export function checkAdmissions(admissions: readonly Admission[]): HealthCheck {
  return {
    kinds: [KIND],
    find: () => {
      const found = admissions.flatMap((admission) => {
        const saturation = admission.saturation();
        return saturation === undefined ? [] : [{ ...saturation, listener: admission.listener }];
      });
      const [first] = found;
      if (first === undefined) return Promise.resolve([]);
      const { listener, limit, address } = first;
      const reason =
        limit === 'total'
          ? `as many are open as it takes in all; the first one refused came from ${address}`
          : `${address} has as many open as one address may have`;
      const message = `The ${listener} listener refuses connections: ${reason}. Find out who opens them. A proxy of yours belongs into TRUSTED_PROXIES, a stranger is kept out in front of the gateway. vestibule_connections_refused_total counts them.`;
      return Promise.resolve([{ kind: KIND, severity: 'warning', message }]);
    },
  };
}
