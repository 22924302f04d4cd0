import { randomUUID } from 'node:crypto';
import { bodyReader } from '../../../http/schema/read-request.js';
import { named, request, text } from '../../../http/schema/schema.js';
import type { CallbackSender } from '../callback-sender.js';
import { encodeTestEvent } from '../encode-event.js';
import { webhookIdOf } from '../webhook-id.js';
import { MAX_URL } from '../../../egress/read-target.js';
import { decideDelivery } from '../delivery-verdict.js';
import type { TestResult } from '../outbox/delivery-records.js';
import type { TestLimit } from './test-limit.js';

/** What `POST /callbacks/test` takes. */
export const TEST_REQUEST = named(
  'TestRequest',
  request({
    url: text('Where to: as the `callbackUrl` of an order.', { format: 'uri', minLength: 1, maxLength: MAX_URL }),
  }),
);
const read = bodyReader(TEST_REQUEST);

/**
 * Sends a delivery of type `test` to an address, once and now; nothing is stored.
 *
 * @param body `{"url"}`
 * @throws ProblemError 422 when no order of the producer could name this address, 429 when the key has sent many
 */
export async function sendTest(
  sender: CallbackSender,
  limit: TestLimit,
  apiKeyName: string,
  body: unknown,
): Promise<TestResult> {
  const { url } = read(body, ({ url: given }) => {
    const detail = given === undefined ? undefined : sender.faultOf(apiKeyName, given);
    return detail === undefined ? [] : [{ pointer: '/url', detail }];
  });
  limit.take(apiKeyName);
  const webhook = { id: webhookIdOf(randomUUID()), body: encodeTestEvent(new Date()) };
  const result = await sender.send(apiKeyName, url, webhook);
  const verdict = decideDelivery(result, 1, []);
  return {
    webhookId: webhook.id,
    outcome: verdict.outcome,
    httpStatus: verdict.httpStatus,
    detail: verdict.detail,
    durationMs: result.durationMs,
  };
}
