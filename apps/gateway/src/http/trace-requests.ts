import type { FastifyInstance } from 'fastify';
import { SPANS, type SpanName } from '../tracing/spans.js';
import { NO_TRACES, type Span, type Traces } from '../tracing/traces.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The step of a trace that the request is; undefined if it is not traced. */
    span?: Span;
  }
}

/** Lets each request that has a span of its own continue the caller's trace. Where nothing is traced, no hook is added. */
export function traceRequests(fastify: FastifyInstance, traces: Traces): void {
  if (traces === NO_TRACES) return;
  fastify.addHook('onRequest', (request, _reply, next) => {
    const name = `${request.method} ${request.routeOptions.url ?? ''}`;
    if (name in SPANS) {
      const { traceparent } = request.headers;
      const parent = typeof traceparent === 'string' ? traceparent : null;
      request.span = traces.begin(name as SpanName, { parent, facts: { requestId: request.id } });
    }
    next();
  });
  fastify.addHook('onResponse', (request, { statusCode }, next) => {
    request.span?.end({ httpStatus: statusCode }, statusCode >= 500);
    next();
  });
}
