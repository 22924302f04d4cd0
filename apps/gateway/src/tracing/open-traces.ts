import type { Closers } from '../boot/closers.js';
import type { TracingConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import { NO_TRACES, type Traces } from './traces.js';

/** The traces of this process. Without an address to send them to, OpenTelemetry is not even loaded. */
export async function openTraces(
  tracing: TracingConfig | undefined,
  logger: Logger,
  closers: Pick<Closers, 'add'>,
): Promise<Traces> {
  if (tracing === undefined) return NO_TRACES;
  const { OtlpTraces } = await import('./otlp-traces.js');
  const traces = new OtlpTraces(tracing, logger);
  closers.add('the traces', () => traces.close());
  return traces;
}
