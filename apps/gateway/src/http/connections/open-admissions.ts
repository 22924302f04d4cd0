import type { Config } from '../../config/config.js';
import type { Metrics } from '../../metrics/metrics.js';
import { Admission } from './admission.js';
import { connectionLimits } from './connection-limits.js';

export interface Admissions {
  readonly public: Admission;
  readonly internal: Admission;
}

/** What counts the connections of each listener. On the internal one our own services share addresses, so only the total counts. */
export function openAdmissions(
  { publicListener, internalListener, trustedProxies }: Config,
  metrics: Metrics,
): Admissions {
  return {
    public: new Admission('public', connectionLimits('public', publicListener.connections), metrics, trustedProxies),
    internal: new Admission('internal', connectionLimits('internal', internalListener.connections), metrics),
  };
}
