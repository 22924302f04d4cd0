import type { GatewayProcess } from './gateway-process.js';

const LAST_LINES = 60;

/** The report of `servers/failure-environment.mjs`. */
const run = globalThis as { hasCaseFailed?: boolean };

/** After a case or a hook that failed: shows once what the gateways have logged. */
export function showLogsOfFailure(gateways: readonly GatewayProcess[]): void {
  if (run.hasCaseFailed !== true) return;
  run.hasCaseFailed = false;
  for (const { child, log } of gateways) {
    const lines = log.slice(-LAST_LINES).map((line) => JSON.stringify(line));
    process.stderr.write(`\nThe last lines of gateway ${child.pid}:\n${lines.join('\n')}\n`);
  }
}
