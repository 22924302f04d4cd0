import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { okAnswer } from '../harness/answering-partner.js';
import { postOrder, SEED_ORDER, untilStatus, type OrderView } from '../harness/api.js';
import { call } from '../harness/calls.js';
import { SECRETS } from '../harness/gateway-process.js';
import { drawTrace, type CollectedSpan } from '../harness/otlp-collector.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

/** A producer that traces what it does: the ids of its trace and of the step that posts the order. */
function producerTrace(isSampled: boolean) {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}` };
}

/** The order, without the ids that are not the same in each run. */
const TREE = [
  'POST /orders status=accepted http.response.status_code=202',
  '  commit order outcome=accepted',
  '  wait in queue attempt=1',
  '  send attempt attempt=1 outcome=not-executed reason=http-status status=retrying',
  '    app_create_order attempt=1 outcome=not-executed reason=http-status http.response.status_code=429 partner.request_id=partner-1',
  '    settle attempt attempt=1',
  '  wait in queue attempt=2',
  '  send attempt attempt=2 outcome=answered status=confirmed result_code=0',
  '    app_create_order attempt=2 outcome=answered http.response.status_code=200 partner.request_id=partner-2',
  '    settle attempt attempt=2',
  '  deliver callback attempt=1 event.type=order.confirmed outcome=delivered http.response.status_code=204 status=delivered',
];

describe('the trace of an order', () => {
  let creations = 0;
  const { gateway, receiver, collector } = withGateway({
    partner: ({ method }, response) => {
      if (method !== 'app_create_order') return undefined;
      creations += 1;
      response.setHeader('x-request-id', `partner-${creations}`);
      if (creations === 1) response.statusCode = 429;
      return creations === 1 ? 'not now' : okAnswer(`{"id":${7000 + creations},"totalAmount":2800}`);
    },
    receiver: true,
    collector: true,
    env: { TROIKA_RETRY_SCHEDULE_SECS: '0.1,0.1', TROIKA_BREAKER_PAUSE_SECS: '0.1', LOG_LEVEL: 'trace' },
  });

  async function confirmed(traceparent: string): Promise<OrderView> {
    const body = { order: SEED_ORDER, callbackUrl: receiver.url };
    const posted = (await (await postOrder(gateway, { body, headers: { traceparent } })).json()) as OrderView;
    return await untilStatus(gateway, posted.id, 'confirmed');
  }

  const spansOf = (traceId: string): CollectedSpan[] => collector.spans.filter((span) => span.traceId === traceId);
  const untilComplete = (traceId: string): Promise<CollectedSpan[]> =>
    until('the trace is complete', async () => {
      const spans = spansOf(traceId);
      const names = spans.map(({ name }) => name);
      return names.includes('POST /orders') && names.includes('deliver callback') ? spans : undefined;
    });

  it("is one, from the producer's step to the callback, each step below the one it belongs to", async () => {
    const producer = producerTrace(true);
    const { id } = await confirmed(producer.traceparent);
    const spans = await untilComplete(producer.traceId);
    const drawn = drawTrace(spans, producer.spanId);
    process.stdout.write(`${[`the producer's step ${producer.spanId}`, ...drawn].join('\n  ')}\n`);
    expect(drawn).toEqual(TREE);
    expect(new Set(spans.map(({ attributes }) => attributes['vestibule.order.id']))).toEqual(new Set([id]));
    const delivery = spans.find(({ name }) => name === 'deliver callback');
    expect(receiver.calls.at(-1)?.traceparent).toBe(`00-${producer.traceId}-${delivery?.spanId}-01`);
    const { body } = await call<{ attempts: { partnerRequestId: string }[] }>(gateway, 'GET', `/orders/${id}/attempts`);
    expect(body.attempts.map(({ partnerRequestId }) => partnerRequestId)).toEqual(['partner-1', 'partner-2']);
  });

  it('is not recorded for a producer that does not sample its own, and begins here for one without a trace', async () => {
    const producer = producerTrace(false);
    await confirmed(producer.traceparent);
    const { id } = await confirmed('no trace at all');
    const ofOrder = ({ attributes }: CollectedSpan): boolean => attributes['vestibule.order.id'] === id;
    const { traceId } = await until('a step arrives', async () => collector.spans.find(ofOrder));
    expect(drawTrace(await untilComplete(traceId), '')).toHaveLength(7);
    expect(spansOf(producer.traceId)).toEqual([]);
  });

  it('says nothing of people, cards or secrets', () => {
    const secrets = Object.values(SECRETS).flatMap((value) => value.split(',').map((pair) => pair.split(':').pop()!));
    const [{ cardNumber }] = SEED_ORDER.orderData;
    for (const hidden of [SEED_ORDER.phone.slice(1), cardNumber, ...secrets]) {
      expect(collector.received.join('\n')).not.toContain(hidden);
    }
  });
});
