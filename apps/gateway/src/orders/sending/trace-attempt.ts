import type { CallResult } from '@vestibule/troika-client';
import type { SpanFacts } from '../../tracing/spans.js';
import type { Traces } from '../../tracing/traces.js';
import type { Claim } from '../ledger/claim.js';
import type { AttemptVerdict } from './outcome-table.js';

/** The steps of one attempt to send an order, in the order's trace. */
export interface AttemptTrace {
  call(making: () => Promise<CallResult>): Promise<CallResult>;
  settle<T>(settling: () => Promise<T>): Promise<T>;
  end(facts: Pick<SpanFacts, 'outcome' | 'reason'>, verdict: AttemptVerdict): void;
}

/** Begins with the claim: how long the order has waited for it is known then. */
export function traceAttempt(traces: Traces, { orderId, attempt, traceparent, dueAt }: Claim): AttemptTrace {
  const facts = { orderId, attempt };
  traces.begin('wait in queue', { parent: traceparent, since: dueAt, facts }).end();
  const whole = traces.begin('send attempt', { parent: traceparent, facts });
  const parent = whole.traceparent;
  return {
    async call(making) {
      const span = traces.begin('app_create_order', { parent, facts });
      const result = await making();
      span.end(factsOf(result), result.kind !== 'answered');
      return result;
    },
    async settle(settling) {
      const span = traces.begin('settle attempt', { parent, facts });
      const settled = await settling();
      span.end();
      return settled;
    },
    end(outcome, { status, resultCode }) {
      whole.end({ ...outcome, status, resultCode }, status !== 'confirmed');
    },
  };
}

function factsOf(result: CallResult): SpanFacts {
  const { kind: outcome, requestId: partnerRequestId } = result;
  const reason = result.kind === 'answered' ? null : result.reason;
  return { outcome, reason, httpStatus: result.kind === 'not-sent' ? null : result.httpStatus, partnerRequestId };
}
