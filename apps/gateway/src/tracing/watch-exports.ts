import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { describeError, type Logger } from '../core/logger.js';

/** Says once that spans do not arrive, and once that they do again; OpenTelemetry itself would say nothing. */
export function watchExports(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const fails = result.code !== ExportResultCode.SUCCESS;
        if (fails && !isFailing) {
          const error = describeError(result.error);
          logger.warn({ spans: spans.length, error }, 'traces are not taken by OTEL_EXPORTER_OTLP_ENDPOINT: dropped');
        } else if (!fails && isFailing) {
          logger.info('traces are taken again');
        }
        isFailing = fails;
        // It would report a failure in its own way.
        done({ code: ExportResultCode.SUCCESS });
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
