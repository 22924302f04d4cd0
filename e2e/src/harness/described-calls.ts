import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { GatewayProcess } from './gateway-process.js';
import { ApiDocument, type Operation } from './openapi.js';
import { unique } from './queues.js';

export interface DescribedRequest {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Unchanged text, when it is not JSON. */
  readonly text?: string;
  /** By default the suite's. */
  readonly gateway?: GatewayProcess;
}

const KEY = 'Bearer test-orders-key';
const MIB = 1024 * 1024;

/** For the gateway of a suite that holds refusals: a key that only places orders, and one that only reads them. */
export const SCOPED_KEYS = {
  ORDERS_API_KEYS: 'shop:test-orders-key,till:test-till-key,reports:test-reports-key',
  ORDERS_API_KEY_SCOPES: 'till=orders:write,reports=orders:read-all',
} as const;

/**
 * Problems that any call may have, and that need a database that is away, a bug, very many wrong keys, or a key of another
 * address: the losses suites and the gateway's own suites of keys see to those.
 */
const NOT_BROUGHT_ABOUT = ['Unavailable', 'Other', 'TooManyFailedLogins', 'WrongAddress'].map(
  (name) => `#/components/responses/${name}`,
);

/** Makes calls of the document, holds each answer to it, and knows which have been seen. */
export class DescribedCalls {
  private readonly seen = new Set<string>();

  private constructor(
    private readonly gateway: GatewayProcess,
    private readonly document: ApiDocument,
    private readonly operations: readonly Operation[],
  ) {}

  /** @param isWanted which operations a suite sees to, by their tag */
  static async of(gateway: GatewayProcess, isWanted: (tag: string) => boolean): Promise<DescribedCalls> {
    const document = await ApiDocument.fetch(gateway.internalUrl);
    const operations = document.operations.filter(({ operation: { tags } }) => tags.some(isWanted));
    return new DescribedCalls(gateway, document, operations);
  }

  /** Makes a call, expects its answer to be as the document says, and gives its body. */
  async expect<T>(operationId: string, expected: number, request: DescribedRequest): Promise<T> {
    const { path, body, headers, text, gateway = this.gateway } = request;
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(gateway.internalUrl + path, {
      method: this.document.operation(operationId).verb.toUpperCase(),
      headers: {
        authorization: KEY,
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    const answer: unknown = contentType.includes('json') ? await response.json() : await response.text();
    const faults = this.document.faultsOf(operationId, response, contentType, answer);
    requireDescribed({ operationId, path, status: response.status, answer, faults }, expected);
    this.seen.add(`${operationId} ${expected}`);
    return answer as T;
  }

  /**
   * Everything that a caller can do wrong with any call: it cannot be read, has no key or one without the scope, names
   * nothing, asks too much.
   *
   * @param orderId of an order that is there, for calls about one
   */
  async expectRefusals(orderId = ''): Promise<void> {
    for (const { path, verb, operation } of this.operations) {
      const { operationId, security, responses } = operation;
      if (security !== undefined) continue;
      const address = path.replaceAll(/\{\w+\}/g, randomUUID());
      const headers = { 'idempotency-key': unique('key') };
      const refuse = (status: number, request: Partial<DescribedRequest>): Promise<unknown> =>
        this.expect(operationId, status, { path: address, headers, ...request });
      await refuse(400, { path: `${address}?x=%FF` });
      await refuse(401, { headers: { ...headers, authorization: '' } });
      if (responses['404'] !== undefined) await refuse(404, {});
      if (responses['403'] !== undefined && !NOT_BROUGHT_ABOUT.includes(responses['403'].$ref ?? '')) {
        const secret = operationId.startsWith('create') ? 'test-reports-key' : 'test-till-key';
        await refuse(403, { headers: { ...headers, authorization: `Bearer ${secret}` } });
      }
      if (verb === 'get') continue;
      await refuse(413, { text: JSON.stringify('x'.repeat((operationId === 'createBatch' ? 33 : 2) * MIB)) });
      await refuse(415, { headers: { ...headers, 'content-type': 'text/plain' }, text: 'order' });
      const existing = path.replace('/orders/{id}', `/orders/${orderId}`).replaceAll(/\{\w+\}/g, randomUUID());
      await refuse(422, { path: existing, body: { surprise: 1 } });
    }
  }

  /** What the document describes and nothing has brought about yet. */
  unseen(): string[] {
    const wanted = this.operations.flatMap(({ operation: { operationId, responses, security } }) =>
      Object.entries(responses)
        .filter(([, { $ref = '' }]) => !NOT_BROUGHT_ABOUT.includes($ref))
        .filter(([status]) => security === undefined || status === '200' || status === '304')
        .map(([status]) => `${operationId} ${status}`),
    );
    return wanted.filter((one) => !this.seen.has(one));
  }
}

/** Shows the whole answer when it is not the expected one. */
function requireDescribed(
  { faults, ...seen }: { operationId: string; path: string; status: number; answer: unknown; faults: string[] },
  expected: number,
): void {
  expect({ ...seen, faults }).toEqual({ ...seen, status: expected, faults: [] });
}
