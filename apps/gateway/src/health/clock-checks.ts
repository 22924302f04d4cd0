import type { SendingGate } from '../orders/sending/guard/gate.js';
import type { PartnerClock } from '../partner/partner-clock.js';
import type { DatabaseClock } from '../storage/database-clock.js';
import type { HealthCheck } from './health-watch.js';

/** From here on operators get an event. */
const REPORTED_FROM_SECS = 30;

/**
 * Whether the clock of this process is wrong. Sending uses the database's time, and so do requests; but a process with
 * a wrong clock is not trusted with money beyond a limit.
 *
 * @param limitSecs with a larger difference it does not send
 */
export function checkClock(clock: DatabaseClock, gate: SendingGate, limitSecs: number): HealthCheck {
  return {
    kinds: ['clock.skewed', 'clock.over-limit'],
    find: async () => {
      await clock.read();
      const skewSecs = clock.skewMs() / 1_000;
      const what = `The clock of this process is ${describeSkew(skewSecs)} that of PostgreSQL`;
      if (Math.abs(skewSecs) > limitSecs) {
        const message = `${what}, more than CLOCK_SKEW_LIMIT_SECS allows (${limitSecs} s): it sends nothing. Set the clock, for example with NTP.`;
        gate.close('clock', message);
        return [{ kind: 'clock.over-limit', severity: 'critical', message }];
      }
      gate.open('clock');
      if (Math.abs(skewSecs) < REPORTED_FROM_SECS) return [];
      return [{ kind: 'clock.skewed', severity: 'warning', message: `${what}. Set it, for example with NTP.` }];
    },
  };
}

/** Whether the time that our requests carry is far from what the partner's answers say. It stops nothing. */
export function checkPartnerClock(clock: PartnerClock): HealthCheck {
  return {
    kinds: ['partner-clock.skewed'],
    find: () => {
      const skewSecs = (clock.skewMs() ?? 0) / 1_000;
      if (Math.abs(skewSecs) < REPORTED_FROM_SECS) return Promise.resolve([]);
      const message = `The time of our requests (PostgreSQL's) is ${describeSkew(skewSecs)} what Тройка Бизнес says in its answers. Check the clock of the PostgreSQL server; requests may be refused.`;
      return Promise.resolve([{ kind: 'partner-clock.skewed', severity: 'warning', message }]);
    },
  };
}

function describeSkew(skewSecs: number): string {
  return `${Math.abs(Math.round(skewSecs))} s ${skewSecs > 0 ? 'ahead of' : 'behind'}`;
}
