import { setTimeout as delay } from 'node:timers/promises';
import { queryOnce } from '../harness/databases.js';
import { GATEWAY, gatewayEnv } from '../harness/gateway.js';
import { load, toMeasurement } from './http-measurement.js';
import { VESTIBULE, type Environment, type Measurement, type Row } from './row.js';

const TRACED = 'traced';
const EXPORT_LIMIT_MS = 15_000;

/**
 * `POST /orders` as in `order-accept`, without traces and with them. The gateway without the setting loads no SDK and makes
 * no spans, so it must be at least as fast as the same gateway that sends a trace of every order to a collector.
 */
export const orderAcceptTraces: Row = {
  name: 'order-accept-traces',
  needsRedis: false,
  rivals: [{ name: TRACED, goal: 1 }],
  rounds: 5,
  prepare,
};

async function prepare({
  databases,
  programs,
  pump,
}: Environment): Promise<Record<string, () => Promise<Measurement>>> {
  const collector = await programs.serve('collector', 'src/otlp-collector.js', {});
  const settings = { [VESTIBULE]: {}, [TRACED]: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}` } };
  const measures: Record<string, () => Promise<Measurement>> = {};
  for (const [name, env] of Object.entries(settings)) {
    const url = await databases.create(`traces-${name}`);
    const gateway = await programs.serve(name, GATEWAY, { ...gatewayEnv('orders', url), ...env }, 'INTERNAL_PORT');
    let accepted = 0;
    measures[name] = async () => {
      const result = await load(pump, name, gateway, 'order-accept');
      accepted += result.total;
      const [row] = await queryOnce<{ count: number }>(url, 'select count(*)::int as count from orders');
      if (row?.count !== accepted) throw new Error(`${name} answered ${accepted} orders and has ${row?.count}`);
      if (name === TRACED) await untilExported(collector.port);
      return toMeasurement(result);
    };
  }
  return measures;
}

/** Spans are sent in batches, some seconds later; a gateway that sends none would be no rival. */
async function untilExported(port: number): Promise<void> {
  const deadline = Date.now() + EXPORT_LIMIT_MS;
  for (;;) {
    const { exports } = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as { exports: number };
    if (exports > 0) return;
    if (Date.now() > deadline) throw new Error('the collector has got no traces');
    await delay(50);
  }
}
