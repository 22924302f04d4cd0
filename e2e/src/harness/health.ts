import type { GatewayProcess } from './gateway-process.js';
import { until } from './until.js';

export interface HealthView {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly database: string;
  readonly queue?: string;
  readonly conditions?: readonly { readonly kind: string; readonly message: string }[];
}

/** What `GET /admin/health/ready` says. */
export async function readyOf(gateway: GatewayProcess): Promise<HealthView> {
  return (await (await fetch(`${gateway.internalUrl}/admin/health/ready`)).json()) as HealthView;
}

/** Waits until a condition is reported, and gives its sentence. */
export function untilCondition(gateway: GatewayProcess, kind: string): Promise<string> {
  return until(`ready shows ${kind}`, async () => {
    const { conditions = [] } = await readyOf(gateway);
    return conditions.find((condition) => condition.kind === kind)?.message;
  });
}

/** Waits until all is well. */
export async function untilWell(gateway: GatewayProcess): Promise<void> {
  await until('ready says ok', async () => ((await readyOf(gateway)).status === 'ok' ? true : undefined));
}
