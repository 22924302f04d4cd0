import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A span as it arrived. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** Nanoseconds since 1970. */
  readonly startedAt: bigint;
  readonly attributes: Readonly<Record<string, string | number>>;
}

export interface OtlpCollector {
  readonly url: string;
  /** In the order of their ends, as the gateway sent them. */
  readonly spans: readonly CollectedSpan[];
  /** Everything that arrived, as text. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

interface TracesRequest {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly SpanJson[] }[] }[];
}

interface SpanJson extends Omit<CollectedSpan, 'parentSpanId' | 'startedAt' | 'attributes'> {
  readonly startTimeUnixNano: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: string | number };
  }[];
}

/** A receiver of traces: OTLP over HTTP with JSON, as any collector has it. */
export async function startOtlpCollector(): Promise<OtlpCollector> {
  const spans: CollectedSpan[] = [];
  const received: string[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push(JSON.stringify(body));
      const isTraces = request.method === 'POST' && request.url === '/v1/traces';
      if (isTraces) spans.push(...spansOf(body as TracesRequest));
      response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function spansOf({ resourceSpans }: TracesRequest): CollectedSpan[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .map(({ traceId, spanId, parentSpanId = '', name, startTimeUnixNano, attributes }) => ({
      traceId,
      spanId,
      parentSpanId,
      name,
      startedAt: BigInt(startTimeUnixNano),
      attributes: Object.fromEntries(
        attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
      ),
    }));
}

/**
 * A trace as a person reads it: a line for each span, below the one it belongs to, with what it says but for ids of
 * ours.
 *
 * @param from the id of the span above all
 */
export function drawTrace(spans: readonly CollectedSpan[], from: string, depth = 0): string[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === from)
    .sort((one, other) => Number(one.startedAt - other.startedAt))
    .flatMap((span) => [lineOf(span, depth), ...drawTrace(spans, span.spanId, depth + 1)]);
}

function lineOf({ name, attributes }: CollectedSpan, depth: number): string {
  const facts = Object.entries(attributes)
    .filter(([key]) => !key.endsWith('.id'))
    .map(([key, value]) => `${key.replace('vestibule.', '')}=${value}`);
  return ['  '.repeat(depth) + name, ...facts].join(' ');
}
