import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './environment.js';

const POLL_MS = 500;
const SECRET = 'test-admin-key';

interface SendingView {
  /** Null while sending is open; the partner's outages end by themselves. */
  readonly ordersInDoubt: object | null;
  readonly workers: readonly { readonly isAlive: boolean; readonly hasCompared: boolean }[];
}

/**
 * Follows docs/operations/restore.md: checks whether sending is stopped, waits until every worker has compared its
 * journal with the ledger, and resumes sending. No disk was lost, so the journals know all sent orders.
 *
 * @returns how sending resumed: one sentence
 * @throws Error when it does not resume within the limit
 */
export async function resumeSending({ gateways, workers }: Environment, limitMs: number): Promise<string> {
  const deadline = Date.now() + limitMs;
  let last = 'no gateway answered';
  while (Date.now() < deadline) {
    const sending = await call<SendingView>(gateways.urls(), 'GET', '/admin/sending');
    if (sending?.ordersInDoubt === null) return 'by itself';
    if (sending !== undefined) {
      const compared = sending.workers.filter(({ isAlive, hasCompared }) => isAlive && hasCompared).length;
      last = `${compared} of ${workers.size} workers have compared`;
      if (compared >= workers.size) {
        const why = 'every worker has compared its send journal';
        const resumed = await call(gateways.urls(), 'POST', '/admin/sending/resume', { why });
        if (resumed !== undefined) return 'by a person';
      }
    }
    await delay(POLL_MS);
  }
  throw new Error(`sending did not continue within ${limitMs / 1000} s: ${last}`);
}

export interface ReportedOrder {
  readonly idempotencyKey: string;
  readonly troikaOrderId: string | null;
}

/** The orders reported to the operators as sent but not in the ledger. */
export async function readReported({ gateways }: Environment): Promise<ReportedOrder[]> {
  const reported: ReportedOrder[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: EventPage | undefined = await call<EventPage>(
      gateways.urls(),
      'GET',
      `/admin/events?kind=order.not-in-ledger&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    if (page === undefined) {
      // The gateway was killed during the call; another one, or its successor, answers.
      await delay(POLL_MS);
      continue;
    }
    reported.push(...page.events.map(({ details }) => details));
    cursor = page.nextCursor;
  }
  return reported;
}

interface EventPage {
  readonly events: readonly { readonly details: ReportedOrder }[];
  readonly nextCursor: string | null;
}

/** @returns undefined when no one answered with 200 */
async function call<T>(
  urls: readonly string[],
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<T | undefined> {
  const [url] = urls;
  if (url === undefined) return undefined;
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${SECRET}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  return response?.status === 200 ? ((await response.json().catch(() => undefined)) as T | undefined) : undefined;
}
