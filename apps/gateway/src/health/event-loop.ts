import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { HealthCheck } from './health-watch.js';

/** So long a stall is one that callers and leases notice: nothing is answered, sent or renewed meanwhile. */
const STALL_MS = 2_000;
/** A stall counts for so long after it was seen. */
const SEEN_MS = 60_000;
const RESOLUTION_MS = 20;

/**
 * Whether the event loop of this process stands still now and then: work of its own that takes too long, too little
 * CPU, a machine that swaps or was paused. How late the loop is otherwise is in the metrics `nodejs_eventloop_lag_*`.
 */
export function checkEventLoop({ stallMs = STALL_MS, seenMs = SEEN_MS } = {}): HealthCheck {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let last: { readonly at: number; readonly stoodMs: number } | undefined;
  return {
    kinds: ['process.stalled'],
    find: () => {
      const stoodMs = delays.max / 1e6;
      delays.reset();
      if (stoodMs >= stallMs) last = { at: performance.now(), stoodMs };
      if (last === undefined || performance.now() - last.at > seenMs) return Promise.resolve([]);
      const message = `This process (pid ${process.pid}) stood still for ${(last.stoodMs / 1_000).toFixed(1)} s: it answered and sent nothing meanwhile. Look whether its machine has enough CPU and memory; if it has, report it to the developers.`;
      return Promise.resolve([{ kind: 'process.stalled', severity: 'warning', message }]);
    },
  };
}
