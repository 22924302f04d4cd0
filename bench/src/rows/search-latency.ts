import type { PumpClient } from '../load/pump-client.js';
import type { Measurement } from './row.js';

/** Searches come as they do in a shop, not as fast as they are answered: ten connections, each with a rest in between. */
const SEARCHES = { connections: 10, restMs: 20, warmUpMs: 1_000, measureMs: 6_000 } as const;

/**
 * How long searches wait. The figure is how many searches one after the other would be answered in a second if each took
 * as long as the slowest in a hundred.
 *
 * @param port where the gateway that is measured takes them
 */
export async function measureSearchLatency(pump: PumpClient, port: number): Promise<Measurement> {
  const { p50Ms, p99Ms, total } = await pump.run('vestibule', { workload: 'card-search', port, ...SEARCHES });
  return { perSecond: 1_000 / p99Ms, details: { p50Ms, p99Ms, total } };
}
