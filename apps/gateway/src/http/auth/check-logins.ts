import type { HealthCheck } from '../../health/health-watch.js';
import type { FailedLogins } from './failed-logins.js';

const KIND = 'logins.failing';

/** Whether someone tries secrets: one event for a burst, from its beginning to its end. */
export function checkLogins(logins: FailedLogins): HealthCheck {
  return {
    kinds: [KIND],
    find: () => {
      const burst = logins.burst();
      if (burst === undefined) return Promise.resolve([]);
      const { listener, address } = burst;
      const message = `Someone tries secrets on the ${listener} listener, from ${address} or others beside it: failed logins are slowed down, right ones are not. Find out who it is: an own service with an old secret, or a stranger to keep out at your proxy. vestibule_login_failures_total counts them.`;
      return Promise.resolve([{ kind: KIND, severity: 'warning', message }]);
    },
  };
}
