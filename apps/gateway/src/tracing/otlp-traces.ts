import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Tracer } from '@opentelemetry/api';
import { parseKeyPairsIntoRecord, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../config/config.js';
import type { Logger } from '../core/logger.js';
import { VERSION } from '../core/version.js';
import { watchExports } from './watch-exports.js';
import { FACTS, SPANS, type SpanFacts, type SpanName } from './spans.js';
import type { Span, SpanStart, Traces } from './traces.js';
import { within } from '../core/within.js';

/** How long the end of a process waits for its last spans. */
const LAST_EXPORT_MS = 1_000;
const EXPORT_TIMEOUT_MS = 5_000;
/** How long spans wait for company; more than fit are dropped. */
const GATHER_MS = 1_000;

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/**
 * Traces by OpenTelemetry, sent as OTLP over HTTP with JSON. They go beside the work: what the receiver does not take
 * is dropped, and no one waits for it. A producer whose traceparent says "not sampled" is not traced.
 */
export class OtlpTraces implements Traces {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  constructor({ endpoint, headers }: TracingConfig, logger: Logger) {
    const exporter = new OTLPTraceExporter({
      url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
      headers: parseKeyPairsIntoRecord(headers),
      timeoutMillis: EXPORT_TIMEOUT_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.name': 'vestibule',
        'service.version': VERSION,
        'process.pid': process.pid,
      }),
      sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter: watchExports(exporter, logger), scheduledDelayMillis: GATHER_MS }),
      ],
    });
    this.tracer = this.provider.getTracer('vestibule');
  }

  begin(name: SpanName, { parent, facts = {}, since }: SpanStart = {}): Span {
    const above = parent == null ? null : parseTraceParent(parent);
    const context = above === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...above, isRemote: true });
    const options = { kind: KINDS[SPANS[name]], attributes: attributesOf(facts) };
    // A time of the database's clock may be ahead of ours.
    const begun = since === undefined ? {} : { startTime: Math.min(since.getTime(), Date.now()) };
    const span = this.tracer.startSpan(name, { ...options, ...begun }, context);
    const { traceId, spanId, traceFlags } = span.spanContext();
    return {
      traceparent: `00-${traceId}-${spanId}-0${traceFlags}`,
      note: (more) => void span.setAttributes(attributesOf(more)),
      end: (last = {}, isFault = false) => {
        span.setAttributes(attributesOf(last));
        if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  /** Sends what is left, within a moment. */
  async close(): Promise<void> {
    await within(LAST_EXPORT_MS, this.provider.shutdown(), undefined);
  }
}

function attributesOf(facts: SpanFacts): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(facts)) {
    if (value !== null && value !== undefined) attributes[FACTS[name as keyof SpanFacts]] = value;
  }
  return attributes;
}
