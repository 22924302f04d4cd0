import type { Config } from '../config/config.js';
import type { Conditions } from '../health/conditions.js';
import { lookAtCallbackHosts } from '../health/parts/callback-hosts.js';
import { probeDatabase } from '../health/parts/database-part.js';
import { NO_DOUBT } from '../health/parts/part.js';
import { PartWatch, type PartProbe } from '../health/parts/part-watch.js';
import { watchParts } from '../health/parts/parts.js';
import type { Watches } from '../health/parts/watches.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Closers } from './closers.js';
import type { OrdersPart } from './orders.js';
import type { Storage } from './storage.js';

/** How often the parts are asked that this process stands on. */
const PERIOD_MS = 2_000;
/** How often is looked whether calls say enough of the systems that we call. */
const CALLS_PERIOD_MS = 1_000;

/** Starts asking every part that this process has whether it is there. */
export function startParts(
  { roles }: Config,
  watches: Watches,
  stand: {
    readonly storage: Storage;
    readonly orders: Pick<OrdersPart, 'pingQueue' | 'queueKind'> | undefined;
    readonly conditions: Conditions;
    readonly metrics: Metrics;
  },
  closers: Closers,
): void {
  const { storage, orders, conditions, metrics } = stand;
  const { pool, url } = storage;
  const { parts, nameServers, partner, ownSystem } = watches;
  const probe = (part: PartProbe['part'], look: PartProbe['look'], periodMs = PERIOD_MS): PartProbe => ({
    part,
    periodMs,
    look,
  });
  const probes: PartProbe[] = [probe(parts.add('database'), probeDatabase(pool, url))];
  if (orders?.queueKind === 'redis') probes.push(probe(parts.add('redis'), () => answersOf(orders.pingQueue)));
  if (roles.has('worker')) probes.push(probe(parts.add('callbacks', NO_DOUBT), lookAtCallbackHosts(pool)));
  for (const watch of [partner, ownSystem]) {
    if (watch !== undefined) probes.push(probe(watch.part, watch.look, CALLS_PERIOD_MS));
  }
  probes.push(probe(parts.add('dns'), nameServers.look));
  watchParts(metrics, parts);
  parts.reportTo(conditions);
  const watch = new PartWatch(probes);
  watch.start();
  closers.add('the watch over the parts', () => watch.stop());
}

/** A refusal of the server, such as READONLY, is an answer; the condition `queue.refuses` reports it. */
async function answersOf(ping: () => Promise<void>): Promise<boolean> {
  return await ping().then(
    () => true,
    (error: unknown) => /^[A-Z]+ /.test((error as Error).message),
  );
}
